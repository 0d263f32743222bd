import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { count } from '../../text/numbers.ts';
import { t } from '../../text/translate.ts';
import { groupMetrics, isOpenByItself } from './metric-groups.ts';
import { MountInView } from './mount-in-view.tsx';

export interface ChartGroupsProps {
  readonly metrics: readonly string[];
  /** Groups that are not as they would be by themselves. */
  readonly toggled: readonly string[];
  readonly onToggle: (group: string) => void;
  readonly perRow: number;
  readonly height: number;
  readonly children: (metric: string) => ReactNode;
}

/** Charts in sections by the first part of their names; large sections start closed, and nothing off-screen mounts. */
export function ChartGroups({ metrics, toggled, onToggle, perRow, height, children }: ChartGroupsProps) {
  const groups = useMemo(() => groupMetrics(metrics), [metrics]);
  return groups.map((group) => {
    const name = group.prefix || t('board.ungrouped');
    const isOnly = groups.length === 1;
    const isOpen = (isOpenByItself(group) || isOnly) !== toggled.includes(group.prefix || '-');
    return (
      <section key={group.prefix} aria-label={name}>
        <GroupHead
          name={name}
          size={group.metrics.length}
          isOpen={isOpen}
          onToggle={() => onToggle(group.prefix || '-')}
        />
        {isOpen && (
          <ChartGrid perRow={perRow}>
            {group.metrics.map((metric) => (
              <MountInView key={metric} height={height}>
                {children(metric)}
              </MountInView>
            ))}
          </ChartGrid>
        )}
      </section>
    );
  });
}

export function GroupHead({
  name,
  size,
  isOpen,
  onToggle,
}: {
  readonly name: string;
  readonly size: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <h2 className="mt-1">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex h-7 items-center gap-1.5 rounded-control pr-2 text-12 hover:bg-hover"
      >
        <Icon size={12} strokeWidth={1.75} aria-hidden="true" />
        <b className="font-medium">{name}</b>
        <span className="text-ink-3">{count(size)}</span>
      </button>
    </h2>
  );
}

/** Columns as wanted where there is room for them, one on a phone. */
export function ChartGrid({ perRow, children }: { readonly perRow: number; readonly children: ReactNode }) {
  return (
    <div
      className="grid gap-[var(--chart-gap)] max-sm:grid-cols-1! max-lg:grid-cols-2"
      style={{ gridTemplateColumns: `repeat(${perRow}, minmax(0, 1fr))` }}
    >
      {children}
    </div>
  );
}
