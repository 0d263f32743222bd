import { useLayoutEffect, useRef, type ReactElement } from 'react';

import type { ChartTexts } from '#ui/charts/chart-texts.ts';
import { formatDifference, formatValue } from '#ui/charts/number-format.ts';
import { dashPattern, inkColour } from '#ui/charts/palette.ts';
import type { Better, Reading, Readings } from '#ui/charts/readings.ts';

export interface ChartTooltipProps {
  readonly heading: string;
  readonly note: string | undefined;
  readonly readings: Readings;
  readonly focus: string | null;
  readonly better: Better | undefined;
  /** Differences up to this are noise and stay untinted. */
  readonly tolerance: number;
  readonly isLocked: boolean;
  readonly texts: ChartTexts;
  /** Viewport pixels of the crosshair's foot and of the pointer. */
  readonly at: { readonly x: number; readonly y: number };
}

const MOST_ROWS = 12;
const GAP = 16;
const EDGE = 8;

/** Lies in the browser's top layer, so it may leave the card and no scroll box cuts it. */
export function ChartTooltip(props: ChartTooltipProps): ReactElement {
  const { readings, texts, at } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.showPopover();
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    const fitsRight = at.x + GAP + width + EDGE <= innerWidth;
    const left = fitsRight ? at.x + GAP : Math.max(EDGE, at.x - GAP - width);
    const top = Math.max(EDGE, Math.min(at.y - height / 2, innerHeight - height - EDGE));
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });
  const rows = mostRelevant(readings.found, props.focus);
  const hidden = readings.found.length - rows.length;
  const base = readings.found.find(({ line }) => line.rank === 'base');
  const foot = [
    hidden > 0 ? texts.more(hidden) : undefined,
    readings.missing.length > 0 && readings.missing.length <= 4
      ? texts.noValue(readings.missing.map(({ label }) => label))
      : undefined,
    props.isLocked ? texts.escFrees : texts.clickLocks,
  ].filter((part) => part !== undefined);
  return (
    <div
      ref={box}
      popover="manual"
      role="tooltip"
      className={`chart-tooltip${props.isLocked ? ' chart-tooltip-locked' : ''}`}
    >
      <div className="chart-tooltip-head">
        <b>{props.heading}</b>
        {props.note !== undefined && <span>{props.note}</span>}
      </div>
      <div className="chart-tooltip-rows">
        {rows.map((reading) => (
          <TooltipRow key={reading.line.id} reading={reading} base={base} {...props} />
        ))}
      </div>
      <div className="chart-tooltip-foot">{foot.join(' ')}</div>
    </div>
  );
}

function TooltipRow(
  props: ChartTooltipProps & { reading: Reading; base: Reading | undefined },
): ReactElement {
  const { line, value } = props.reading;
  const rank = line.rank ?? 'plain';
  const isFocus = line.id === props.focus;
  return (
    <div className={`chart-tooltip-row${isFocus ? ' is-focus' : rank === 'base' ? ' is-base' : ''}`}>
      <svg width="12" height="8" aria-hidden="true">
        <path
          d="M0 4h12"
          style={{ stroke: inkColour(line.ink) }}
          strokeWidth={rank === 'base' ? 3 : 2}
          strokeDasharray={dashPattern(line.dash ?? 0)}
        />
      </svg>
      <span className="chart-tooltip-label">{line.label}</span>
      <span className="chart-tooltip-name">{line.name}</span>
      <span className="chart-tooltip-value">{formatValue(value)}</span>
      <span className="chart-tooltip-delta">
        {props.base !== undefined &&
          (rank === 'base' ? (
            <span className="chart-dim">{props.texts.base}</span>
          ) : (
            <Difference
              by={value - props.base.value}
              to={props.base.value}
              better={props.better}
              tolerance={props.tolerance}
            />
          ))}
      </span>
    </div>
  );
}

interface DifferenceProps {
  readonly by: number;
  readonly to: number;
  readonly better: Better | undefined;
  readonly tolerance: number;
}

function Difference({ by, to, better, tolerance }: DifferenceProps): ReactElement | null {
  if (!Number.isFinite(by)) return null;
  const text = formatDifference(by, to);
  if (text === '0') return <span className="chart-dim">± 0</span>;
  const isBetter = by > 0 === (better === 'max');
  const tint =
    better === undefined || Math.abs(by) <= tolerance ? '' : isBetter ? 'chart-better' : 'chart-worse';
  return (
    <span className={tint}>
      {by > 0 ? '↑ +' : '↓ '}
      {text}
    </span>
  );
}

/** The best ones, but never without the baseline and the line in focus. */
function mostRelevant(found: readonly Reading[], focus: string | null): readonly Reading[] {
  if (found.length <= MOST_ROWS) return found;
  const isKept = ({ line }: Reading): boolean =>
    line.id === focus || line.rank === 'base' || line.rank === 'own';
  let free = MOST_ROWS - found.filter(isKept).length;
  return found.filter((reading) => isKept(reading) || (free -= 1) >= 0);
}
