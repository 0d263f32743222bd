import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunJson } from '#core/contract/schemas.ts';
import { hasNaN, objectiveValue } from '../../api/run-values.ts';
import { Delta } from '#ui/kit/Delta.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { ObjectiveChip } from '../../parts/objective-chip.tsx';
import { RunStatus } from '../../parts/run-status.tsx';
import { Trend } from '../../parts/trend.tsx';
import { useMedia, WIDE_SCREEN } from '../../parts/use-media.ts';
import { projectSegment } from '../../shell/address/addresses.ts';
import { fixed } from '../../text/numbers.ts';
import { t } from '../../text/translate.ts';
import type { Context } from './home-data.ts';
import { RunName } from './run-name.tsx';

// Three tables share one grid: object 212, objective 136, three numbers of 80, so that the eye runs down one column.
// Narrower windows lose the last facts first; on a phone a row has two lines.

export const RUN_COLUMNS =
  '[--cols:212px_136px_80px_80px_80px_minmax(184px,1fr)_96px_80px_96px_64px_80px] max-[101.25rem]:[--cols-gap:12px] max-[101.25rem]:[--cols:minmax(120px,1fr)_128px_72px_72px_80px_112px_92px_72px_72px] max-xl:[--cols:minmax(120px,1fr)_128px_72px_72px_80px_112px_92px] max-lg:[--cols:minmax(120px,1fr)_116px_72px_72px_76px_88px]';
/** From which width on a column is there. */
export const FULL = 'max-[101.25rem]:hidden';
export const WIDE = 'max-xl:hidden';
export const MEDIUM = 'max-lg:hidden';

export function HeadRow({
  cells,
}: {
  readonly cells: ReadonlyArray<readonly [text: string, className?: string]>;
}) {
  return (
    <div className={`tb-row tb-head max-sm:!hidden ${RUN_COLUMNS}`}>
      {cells.map(([text, className = ''], i) => (
        <span key={i} className={`truncate ${className}`}>
          {text}
        </span>
      ))}
    </div>
  );
}

export interface RunRowProps {
  readonly run: RunJson;
  readonly context: Context;
  readonly now: number;
  /** What stands after the status: four cells. */
  readonly facts: readonly [ReactNode, ReactNode, ReactNode, ReactNode];
  /** The second line's end on a phone. */
  readonly phone: ReactNode;
  readonly isTraining: boolean;
}

export function RunRow(props: RunRowProps) {
  const { run, context, now, facts, phone, isTraining } = props;
  const { objective, best, decimals } = context;
  const isWide = useMedia(WIDE_SCREEN);
  const value = objectiveValue(run, objective);
  const format = (size: number): string => fixed(size, decimals);
  const isBest = context.bestRun?.id === run.id;
  const change = value === undefined || best === undefined || !objective ? undefined : value - best;
  const isBroken = objective !== undefined && hasNaN(run, objective.metric);
  const to = {
    to: '/p/$project/runs/$number/{-$tab}',
    params: { project: projectSegment(context), number: String(run.number) },
  } as const;
  return (
    <>
      <Link {...to} data-run={run.id} className={`tb-row min-h-10! max-sm:hidden! ${RUN_COLUMNS}`}>
        <RunName run={run} context={context} />
        <ObjectiveChip objective={objective} />
        <span className={`num text-13 font-semibold ${isBest ? 'text-better' : ''}`}>
          {value === undefined ? <span className="text-ink-3">·</span> : fixed(value, decimals)}
        </span>
        <span className="num text-13 text-ink-2">{best === undefined ? '' : fixed(best, decimals)}</span>
        <span className="num">
          {change !== undefined && !isBest && (
            // Below the best is the normal state of a running run: no tint.
            <Delta by={change} format={format} />
          )}
          {isBest && <span className="text-ink-3">{t('home.bestValue')}</span>}
        </span>
        <span className={MEDIUM}>
          {objective && value !== undefined && (
            <Trend
              run={run.id}
              metric={objective.metric}
              width={isWide ? 184 : 112}
              height={32}
              colour={isTraining && !isBroken ? 'var(--running)' : 'var(--text-3)'}
              reference={best}
              isBroken={isBroken}
            />
          )}
        </span>
        <span>
          <RunStatus run={run} now={now} />
        </span>
        <span className={`num text-ink-2 ${WIDE}`}>{facts[0]}</span>
        <span className={`num text-ink-2 ${FULL}`}>{facts[1]}</span>
        <span className={`truncate text-ink-2 ${FULL}`}>{facts[2]}</span>
        <span className={`num text-ink-3 ${WIDE}`}>{facts[3]}</span>
      </Link>
      <Link
        {...to}
        className="block border-t border-line px-3 py-2 first:border-t-0 hover:bg-hover sm:hidden"
      >
        <span className="flex min-h-5 items-center gap-2">
          <RunStatus run={run} now={now} isGlyphOnly />
          <RunName run={run} context={context} />
          <b className="ml-auto font-semibold">{value === undefined ? '' : fixed(value, decimals)}</b>
        </span>
        <span className="mt-1 flex min-h-5 items-center gap-2 text-12 text-ink-2">
          {isBroken && <Status status="warning">NaN</Status>}
          <span className="min-w-0 truncate">{phone}</span>
          <span className="ml-auto">
            {change !== undefined && !isBest && <Delta by={change} format={format} />}
          </span>
        </span>
      </Link>
    </>
  );
}
