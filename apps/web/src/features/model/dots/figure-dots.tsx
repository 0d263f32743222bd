import { useRef } from 'react';
import { formatTicks } from '#ui/charts/number-format.ts';
import { useSize } from '#ui/charts/react/use-size.ts';
import { linearTicks } from '#ui/charts/ticks.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { ModelPageJson, VersionRow } from '../../../api/registry.ts';
import { MetricName } from '../../../parts/metric-name.tsx';
import { Empty } from '../../../parts/placeholders.tsx';
import { decimalsOf, fixed } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { t } from '../../../text/translate.ts';

const HEIGHT = 174;
const LEFT = 50;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 20;
const SHOWN = 12;
const LABEL_WIDTH = 34;

/** How each version did in development and in production: an open dot, a filled one, and how far apart. */
export function FigureDots({ page }: { readonly page: ModelPageJson }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const metric = (page.model.production?.version ?? page.model.latest)?.objective?.metric;
  const rows = page.versions
    .filter(({ dev, prod }) =>
      [dev, prod].some((figure) => figure && (metric === undefined || figure.metric === metric)),
    )
    .slice(0, SHOWN)
    .toReversed();
  const direction = page.versions.find(({ objective }) => objective?.metric === metric)?.objective?.direction;
  return (
    <Section
      title={rt('performance.title')}
      end={
        <>
          <Key isFilled={false}>{rt('dots.dev')}</Key>
          <Key isFilled>{rt('dots.prod')}</Key>
        </>
      }
    >
      <Panel className="h-[216px] overflow-hidden p-2">
        {rows.length === 0 ? (
          <Empty>{rt('dots.none')}</Empty>
        ) : (
          <>
            <div className="mb-1 flex h-4 items-center gap-2 text-12">
              <span className="min-w-0 font-medium">
                {metric !== undefined && <MetricName name={metric} />}
              </span>
              <span className="ml-auto shrink-0 text-11 text-ink-3">
                {direction &&
                  `${direction === 'max' ? '↑' : '↓'} ${t(`objective.${direction}`)}, ${rt('performance.objective')}`}
              </span>
            </div>
            <div ref={box} style={{ height: HEIGHT }} role="img" aria-label={aloud(rows)}>
              {size && size.width > 0 && (
                <Dots rows={rows} width={size.width} production={page.model.production?.version.number} />
              )}
            </div>
          </>
        )}
      </Panel>
    </Section>
  );
}

function Dots({
  rows,
  width,
  production,
}: {
  readonly rows: readonly VersionRow[];
  readonly width: number;
  readonly production: number | undefined;
}) {
  const values = rows.flatMap(({ dev, prod }) =>
    [dev?.value, prod?.value].filter((value) => value !== undefined),
  );
  const least = Math.min(...values);
  const most = Math.max(...values);
  const pad = (most - least) * 0.12 || Math.abs(most) * 0.1 || 1;
  const y = (value: number): number =>
    HEIGHT - BOTTOM - ((value - least + pad) / (most - least + 2 * pad)) * (HEIGHT - TOP - BOTTOM);
  const step = (width - LEFT - RIGHT) / rows.length;
  const x = (i: number): number => LEFT + (i + 0.5) * step;
  const ticks = linearTicks(least - pad, most + pad, 4);
  const texts = formatTicks(ticks);
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / step));
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" className="block">
      {ticks.map((tick, i) => (
        <g key={tick}>
          <path d={`M${LEFT} ${Math.round(y(tick)) + 0.5}H${width - RIGHT}`} className="stroke-line" />
          <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className="fill-ink-3 text-11">
            {texts[i]}
          </text>
        </g>
      ))}
      {rows.map((row, i) => {
        const colour =
          row.number === production ? 'var(--accent)' : row.deprecated ? 'var(--failed)' : 'var(--text)';
        return (
          <g key={row.number} style={{ color: colour }}>
            <title>{dotWords(row)}</title>
            {row.dev && row.prod && (
              <path
                d={`M${x(i)} ${y(row.dev.value)}V${y(row.prod.value)}`}
                stroke="currentColor"
                strokeWidth="1.25"
                opacity="0.5"
              />
            )}
            {row.prod && <circle cx={x(i)} cy={y(row.prod.value)} r="4" fill="currentColor" />}
            {row.dev && (
              <circle
                cx={x(i)}
                cy={y(row.dev.value)}
                r="3.5"
                className="fill-panel"
                stroke="currentColor"
                strokeWidth="1.25"
              />
            )}
            {(rows.length - 1 - i) % every === 0 && (
              <text x={x(i)} y={HEIGHT - 4} textAnchor="middle" className="fill-ink-3 text-11">
                v{row.number}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function dotWords({ number, dev, prod }: VersionRow): string {
  const decimals = decimalsOf([dev?.value ?? NaN, prod?.value ?? NaN]);
  return [
    `v${number}`,
    dev && `${rt('dots.dev')} ${fixed(dev.value, decimals)}`,
    prod && `${rt('dots.prod')} ${fixed(prod.value, decimals)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function aloud(rows: readonly VersionRow[]): string {
  return rows.map(dotWords).join('; ');
}

function Key({ isFilled, children }: { readonly isFilled: boolean; readonly children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg width="9" height="9" aria-hidden="true">
        <circle
          cx="4.5"
          cy="4.5"
          r="3.5"
          fill={isFilled ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.25"
          className="text-ink"
        />
      </svg>
      {children}
    </span>
  );
}
