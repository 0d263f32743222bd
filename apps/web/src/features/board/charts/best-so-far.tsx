import { useMemo, useRef, useSyncExternalStore } from 'react';
import type { HoverBus } from '#ui/charts/hover-bus.ts';
import { formatTicks } from '#ui/charts/number-format.ts';
import { inkColour } from '#ui/charts/palette.ts';
import { linearTicks } from '#ui/charts/ticks.ts';
import { useSize } from '#ui/charts/react/use-size.ts';
import { objectiveValue } from '../../../api/run-values.ts';
import { t } from '../../../text/translate.ts';
import type { Board } from '../use-board.ts';

const LEFT = 40;
const BOTTOM = 20;
const EDGE = 8;

/** Each run's best number over its run number, with the line of the best so far: is the search still getting anywhere? */
export function BestSoFar({
  board,
  bus,
  height,
}: {
  readonly board: Board;
  readonly bus: HoverBus;
  readonly height: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { runs, objective, shown, reading } = board;
  const focus = useSyncExternalStore(
    (listener) => bus.subscribe(listener),
    () => bus.get().id,
  );
  const points = useMemo(() => {
    const found = runs.flatMap((run) => {
      const value = objectiveValue(run, objective);
      return value === undefined || !Number.isFinite(value) ? [] : [{ run, value }];
    });
    return found.toSorted((a, b) => a.run.number - b.run.number);
  }, [runs, objective]);
  const inks = useMemo(() => new Map(shown.map(({ run, ink }) => [run.id, ink])), [shown]);
  const width = size?.width ?? 0;
  const plotHeight = (size?.height ?? 0) - BOTTOM;
  const scale = useMemo(
    () => scaleOf(points, objective?.direction ?? 'max', { width, height: plotHeight }),
    [points, objective, width, plotHeight],
  );
  return (
    <figure
      className="flex min-w-0 flex-col rounded-panel border border-line bg-panel p-2 max-lg:hidden"
      style={{ height }}
      aria-label={`${objective?.metric ?? ''} ${t('board.bestSoFar')}`}
    >
      <figcaption className="mb-1 flex h-4 items-center gap-1.5 whitespace-nowrap text-12">
        <span className="truncate font-medium">{t('board.bestSoFar')}</span>
        <span className="ml-auto text-11 text-ink-3">
          {objective?.direction === 'min' ? '↓' : '↑'} {t('board.byRun')}
        </span>
      </figcaption>
      <div ref={box} className="min-h-0 flex-1">
        {scale && (
          <svg
            width={width}
            height={plotHeight + BOTTOM}
            className="block overflow-visible text-11"
            aria-hidden="true"
          >
            {scale.yTicks.map(({ y, text }) => (
              <g key={text}>
                <path d={`M${LEFT} ${Math.round(y) + 0.5}H${width}`} stroke="var(--border)" />
                <text x={LEFT - 6} y={y + 4} textAnchor="end" fill="var(--text-3)">
                  {text}
                </text>
              </g>
            ))}
            {scale.xTicks.map(({ x, text }) => (
              <text key={text} x={x} y={plotHeight + 16} textAnchor="middle" fill="var(--text-3)">
                {text}
              </text>
            ))}
            <path d={scale.path} fill="none" stroke="var(--text-3)" strokeWidth="1.25" />
            {points.map(({ run, value }) => {
              const ink = inks.get(run.id);
              const isBase = run === reading.base;
              return (
                <circle
                  key={run.id}
                  cx={scale.x(run.number)}
                  cy={scale.y(value)}
                  r={isBase ? 4 : 3}
                  style={{ fill: ink === undefined ? 'var(--bg-panel)' : inkColour(ink) }}
                  stroke={ink === undefined ? 'var(--text-3)' : 'var(--bg-panel)'}
                  opacity={focus === null || focus === run.id || isBase ? 1 : 0.35}
                  onPointerEnter={() => bus.set({ id: run.id })}
                  onPointerLeave={() => bus.set({ id: null })}
                >
                  <title>{`${run.number} ${run.name}`}</title>
                </circle>
              );
            })}
          </svg>
        )}
      </div>
    </figure>
  );
}

interface Point {
  readonly run: { readonly number: number };
  readonly value: number;
}

function scaleOf(
  points: readonly Point[],
  direction: 'min' | 'max',
  { width, height }: { readonly width: number; readonly height: number },
) {
  if (points.length === 0 || width < LEFT + 40 || height < 40) return undefined;
  const values = points.map(({ value }) => value).toSorted((a, b) => (direction === 'min' ? a - b : b - a));
  // The worst tenth is left to lie on the edge: it would flatten the rest.
  const best = values[0] as number;
  const worst = values[Math.floor((values.length - 1) * 0.9)] as number;
  const pad = Math.abs(worst - best) * 0.08 || Math.abs(best) * 0.1 || 1;
  const low = Math.min(best, worst) - pad;
  const high = Math.max(best, worst) + pad;
  const from = points[0]?.run.number ?? 0;
  const to = points.at(-1)?.run.number ?? 1;
  const x = (number: number): number =>
    LEFT + EDGE + ((number - from) / (to - from || 1)) * (width - LEFT - 2 * EDGE);
  const y = (value: number): number =>
    EDGE + (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low)) * (height - EDGE);
  const yValues = linearTicks(low, high, 4);
  const texts = formatTicks(yValues);
  return {
    x,
    y,
    yTicks: yValues.map((value, i) => ({ y: y(value), text: texts[i] ?? '' })),
    xTicks: linearTicks(from, to, 4)
      .filter((tick) => Number.isInteger(tick) && tick >= from)
      .map((tick) => ({ x: x(tick), text: String(tick) })),
    path: stairs(points, direction, { x, y }),
  };
}

function stairs(
  points: readonly Point[],
  direction: 'min' | 'max',
  { x, y }: { readonly x: (number: number) => number; readonly y: (value: number) => number },
): string {
  let best: number | undefined;
  let path = '';
  for (const { run, value } of points) {
    if (best !== undefined && (direction === 'min' ? value >= best : value <= best)) continue;
    path += best === undefined ? `M${x(run.number)} ${y(value)}` : `H${x(run.number)}V${y(value)}`;
    best = value;
  }
  return `${path}H${x(points.at(-1)?.run.number ?? 0)}`;
}
