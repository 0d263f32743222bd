import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useSize } from '#ui/charts/react/use-size.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { ModelPageJson } from '../../../api/registry.ts';
import { Empty } from '../../../parts/placeholders.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { currentLanguage } from '../../../text/translate.ts';
import { rt } from '../../../text/registry/translate.ts';
import { absolute, age } from '../../../text/times.ts';
import { calendarTicks, laneRows, laneSpan, type Bar, type LaneRow, type LaneTick } from './lane-layout.ts';

const LANE = 44;
const BAR = 26;
const NAMES = 92;
const PHONE_NAMES = 84;
/** A bar narrower than this has no room for its version. */
const NAMED_FROM = 28;
const MONTH_WIDTH = 56;

/** Who held which name, and where each version ran, over time. */
export function LanesPanel({ page }: { readonly page: ModelPageJson }) {
  const now = useNow(60_000);
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const rows = laneRows(page.lanes, now);
  const [from, to] = laneSpan(rows, now);
  const names = size && size.width < 520 ? PHONE_NAMES : NAMES;
  const width = Math.max(0, (size?.width ?? 0) - names);
  const x = (at: number): number => ((at - from) / (to - from)) * width;
  const ticks = width === 0 ? [] : calendarTicks(from, to, Math.max(2, Math.floor(width / MONTH_WIDTH)));
  const years = [...new Set([from, now].map((at) => new Date(at).getFullYear()))].join('–');
  return (
    <Section
      title={rt('lanes.title')}
      note={rows.length > 0 ? years : undefined}
      end={
        rows.length > 0 && (
          <span className="flex items-center gap-1.5">
            {rt('lanes.now')}
            <span className="inline-block h-2 w-3 rounded-[2px] border border-accent bg-selected" />
          </span>
        )
      }
    >
      <Panel className="min-h-[216px] overflow-hidden p-2">
        {rows.length === 0 ? (
          <Empty>{rt('lanes.none')}</Empty>
        ) : (
          <div ref={box} className="relative" style={{ height: rows.length * LANE + 24 }}>
            <div className="absolute inset-y-0 right-0" style={{ left: names }} aria-hidden="true">
              {ticks.map((tick) => (
                <span
                  key={tick.at}
                  className="absolute top-0 bottom-0 border-l border-line pl-1 text-11 text-ink-3"
                  style={{ left: x(tick.at) }}
                >
                  <span className="absolute bottom-0 whitespace-nowrap">{tickText(tick)}</span>
                </span>
              ))}
              {width > 0 && (
                <span className="absolute top-0 bottom-5 border-l border-ink-3" style={{ left: x(now) }} />
              )}
            </div>
            <ol>
              {rows.map((row) => (
                <li
                  key={`${row.kind} ${row.name}`}
                  className="relative flex items-center"
                  style={{ height: LANE }}
                >
                  <span
                    className="shrink-0 truncate pr-2 text-12 text-ink-2"
                    style={{ width: names }}
                    title={rt(`lanes.${row.kind}`, { name: row.name })}
                  >
                    {row.kind === 'alias' && <span className="text-ink-3">@</span>}
                    {row.name}
                  </span>
                  <Bars row={row} x={x} model={page.model.name} />
                </li>
              ))}
            </ol>
          </div>
        )}
      </Panel>
    </Section>
  );
}

function Bars({
  row,
  x,
  model,
}: {
  readonly row: LaneRow;
  readonly x: (at: number) => number;
  readonly model: string;
}) {
  const undone = row.bars.findLast(({ wasRolledBack }) => wasRolledBack);
  return (
    <span className="relative block min-w-0 flex-1" style={{ height: BAR }}>
      {row.bars.map((bar) => {
        const left = x(bar.from);
        const wide = Math.max(4, x(bar.to) - left - 2);
        return (
          <Link
            key={`${bar.version} ${bar.from}`}
            to="/m/$model/v/$number/{-$tab}"
            params={{ model, number: String(bar.version), tab: undefined }}
            title={words(bar)}
            aria-label={`${row.name}: ${words(bar)}`}
            className={`absolute top-0 flex h-full items-center overflow-hidden rounded-control border text-12 font-semibold hover:z-10 hover:border-accent ${
              bar.isNow
                ? 'border-accent bg-[color-mix(in_srgb,var(--accent)_14%,var(--bg-panel))] text-accent'
                : bar.wasRolledBack
                  ? 'border-failed bg-[color-mix(in_srgb,var(--failed)_22%,var(--bg-panel))] text-failed'
                  : 'border-line bg-sunk text-ink-2'
            }`}
            style={{ left, width: wide }}
          >
            {wide >= NAMED_FROM && <span className="pl-1 whitespace-nowrap">v{bar.version}</span>}
          </Link>
        );
      })}
      {undone && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute text-11 leading-4 whitespace-nowrap text-failed"
          style={{ top: BAR, right: `calc(100% - ${Math.round(x(undone.to))}px)` }}
        >
          {rt('lanes.rolledBackAfter', {
            version: `v${undone.version}`,
            age: age(undone.from, undone.to),
          })}
        </span>
      )}
    </span>
  );
}

function words({ version, from, to, isNow, wasRolledBack, by, reason }: Bar): string {
  return [
    `v${version}`,
    isNow
      ? rt('lanes.since', { at: absolute(from).slice(0, 16) })
      : rt('lanes.between', { from: absolute(from).slice(0, 16), to: absolute(to).slice(0, 16) }),
    wasRolledBack && rt('lanes.rolledBack'),
    by,
    reason,
  ]
    .filter(Boolean)
    .join(', ');
}

function tickText({ at, unit }: LaneTick): string {
  const date = new Date(at);
  if (unit === 'year') return String(date.getFullYear());
  if (unit === 'hour') {
    return date.toLocaleTimeString(currentLanguage(), {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }
  return date.toLocaleDateString(currentLanguage(), {
    month: 'short',
    ...(unit === 'day' && { day: 'numeric' }),
  });
}
