import { useCallback, useMemo } from 'react';
import type { HoverBus } from '#ui/charts/hover-bus.ts';
import { ChartBar } from '../../../parts/charts/chart-bar.tsx';
import { ChartGrid, ChartGroups, GroupHead } from '../../../parts/charts/chart-groups.tsx';
import { MetricChart, type ChartLook } from '../../../parts/charts/metric-chart.tsx';
import { metricFilter } from '../../../parts/charts/metric-groups.ts';
import { t } from '../../../text/translate.ts';
import { BestSoFar } from './best-so-far.tsx';
import type { Board } from '../use-board.ts';
import type { BoardAction, BoardView } from '../view.ts';

const TALL = 320;
const USUAL = 220;
/** Toggled like a group of metrics; `*` cannot begin a metric's name. */
const OBJECTIVE_GROUP = '*objective';

/** The charts of the shown runs: the objective first and large, then everything else they logged, in groups. */
export function ChartPane({
  view,
  board,
  change,
  bus,
}: {
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
  readonly bus: HoverBus;
}) {
  const { shown, objective } = board;
  const [from, to] = view.range ?? [];
  const look = useMemo<ChartLook>(
    () => ({
      x: view.x,
      range: from === undefined || to === undefined ? undefined : [from, to],
      isLog: view.isLog,
      smoothing: view.smoothing,
      hasEnvelope: view.hasEnvelope,
    }),
    [view.x, view.isLog, view.smoothing, view.hasEnvelope, from, to],
  );
  const zoom = useCallback(
    (range: readonly [number, number] | null) =>
      change({ kind: 'set', change: { range: range ?? undefined } }),
    [change],
  );
  const filter = useMemo(() => metricFilter(view.metrics), [view.metrics]);
  const names = shown.map(({ run }) => run.metrics.map(({ key }) => key).join('\n')).join('\n');
  const all = useMemo(() => [...new Set(names.split('\n').filter((name) => name !== ''))], [names]);
  const metrics = useMemo(() => all.filter(filter ?? (() => true)), [all, filter]);
  const hasObjective = objective !== undefined && metrics.includes(objective.metric);
  const rest = useMemo(
    () => (hasObjective ? metrics.filter((metric) => metric !== objective.metric) : metrics),
    [metrics, hasObjective, objective],
  );
  const chart = { runs: shown, look, bus, onZoom: zoom };
  const isObjectiveOpen = !view.toggled.includes(OBJECTIVE_GROUP);
  return (
    <>
      <ChartBar
        settings={view}
        onChange={(part) => change({ kind: 'set', change: part })}
        isPatternWrong={filter === undefined}
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-[var(--gutter)] pb-4 max-sm:px-3" data-charts>
        {shown.length === 0 && !board.found.isPending && <Note>{t('board.noShown')}</Note>}
        {shown.length > 0 && all.length === 0 && <Note>{t('board.noMetrics')}</Note>}
        {all.length > 0 && metrics.length === 0 && <Note>{t('board.noMetricMatch')}</Note>}
        {hasObjective && (
          <section aria-label={t('board.pinnedCharts')}>
            <GroupHead
              name={t('board.pinnedCharts')}
              size={1}
              isOpen={isObjectiveOpen}
              onToggle={() => change({ kind: 'toggle-group', group: OBJECTIVE_GROUP })}
            />
            {isObjectiveOpen && (
              <ChartGrid perRow={Math.max(view.perRow, 1)}>
                <div
                  className="max-sm:col-span-1! max-lg:col-span-2!"
                  style={{ gridColumn: view.perRow > 1 ? `span ${view.perRow - 1}` : undefined }}
                >
                  <MetricChart
                    metric={objective.metric}
                    height={TALL}
                    better={objective.direction}
                    isObjective
                    endLabels
                    {...chart}
                  />
                </div>
                {view.perRow > 1 && <BestSoFar board={board} bus={bus} height={TALL} />}
              </ChartGrid>
            )}
          </section>
        )}
        <ChartGroups
          metrics={rest}
          toggled={view.toggled}
          onToggle={(group) => change({ kind: 'toggle-group', group })}
          perRow={view.perRow}
          height={USUAL}
        >
          {(metric) => <MetricChart metric={metric} height={USUAL} {...chart} />}
        </ChartGroups>
      </div>
    </>
  );
}

function Note({ children }: { readonly children: string }) {
  return <p className="py-4 text-12 text-ink-3">{children}</p>;
}
