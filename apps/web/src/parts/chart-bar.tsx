import { ChevronDown, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../text/translate.ts';
import type { ChartSettings } from './chart-settings.ts';
import { Choices, Popover } from './popover.tsx';

/** The metric search has the key `m` on every page with charts. */
export const METRICS_ID = 'find-metrics';

const control = 'flex h-7 items-center gap-1.5 rounded-control px-1 text-12 text-ink-2 hover:bg-hover';
/** While somebody types or drags, the address waits. */
const REST_MS = 120;

/** How the charts are drawn. Everything here changes the address. */
export function ChartBar({
  settings: view,
  onChange: set,
  isPatternWrong,
}: {
  readonly settings: ChartSettings;
  readonly onChange: (change: Partial<ChartSettings>) => void;
  readonly isPatternWrong: boolean;
}) {
  const [metrics, setMetrics] = useSettled(view.metrics, (text) => set({ metrics: text }));
  const [smoothing, setSmoothing] = useSettled(view.smoothing, (weight) => set({ smoothing: weight }));
  const words = { step: t('board.step'), relative: t('board.relative'), time: t('board.time') };
  return (
    <div className="flex h-11 shrink-0 items-center gap-3 overflow-x-auto whitespace-nowrap border-b border-line px-[var(--gutter)] text-12 text-ink-2 max-sm:px-3">
      <label
        className={`flex h-7 w-[200px] min-w-32 items-center gap-1.5 rounded-control border bg-panel px-2 ${isPatternWrong ? 'border-warning' : 'border-line'} focus-within:border-line-strong`}
        title={isPatternWrong ? t('board.badPattern') : undefined}
      >
        <Search size={14} strokeWidth={1.5} className="shrink-0 text-ink-3" />
        <input
          id={METRICS_ID}
          value={metrics}
          onChange={(event) => setMetrics(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          aria-label={t('board.findMetric')}
          aria-invalid={isPatternWrong}
          placeholder={t('board.findMetric')}
          spellCheck={false}
          className="min-w-0 flex-1 bg-transparent font-mono outline-none placeholder:font-sans placeholder:text-ink-3"
        />
        <kbd className="rounded-control border border-line px-1 font-sans text-11 text-ink-3">m</kbd>
      </label>
      <Popover
        className={control}
        button={
          <>
            {t('board.x')} <b className="font-medium text-ink">{words[view.x]}</b>
            <ChevronDown size={12} />
          </>
        }
      >
        {(close) => (
          <Choices
            options={[
              ['step', words.step],
              ['relative', words.relative],
              ['time', words.time],
            ]}
            value={view.x}
            onChoose={(x) => {
              set({ x });
              close();
            }}
          />
        )}
      </Popover>
      <Popover
        className={control}
        button={
          <>
            {t('board.y')}{' '}
            <b className="font-medium text-ink">{view.isLog ? t('board.log') : t('board.linear')}</b>
            <ChevronDown size={12} />
          </>
        }
      >
        {(close) => (
          <Choices
            options={[
              ['linear', t('board.linear')],
              ['log', t('board.log')],
            ]}
            value={view.isLog ? 'log' : 'linear'}
            onChoose={(y) => {
              set({ isLog: y === 'log' });
              close();
            }}
          />
        )}
      </Popover>
      <span className="h-4 w-px shrink-0 bg-line" />
      <label className="flex items-center gap-1.5">
        {t('board.smooth')}
        <input
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={smoothing}
          onChange={(event) => setSmoothing(Number(event.target.value))}
          className="range w-[72px]"
        />
        <b className="w-6 font-mono font-medium text-ink">{smoothing.toFixed(2).replace(/^0/, '')}</b>
      </label>
      <button
        type="button"
        role="switch"
        aria-checked={view.hasEnvelope}
        onClick={() => set({ hasEnvelope: !view.hasEnvelope })}
        className={`${control} group`}
      >
        {t('board.envelope')}
        <span
          className={`relative h-3.5 w-6 rounded-chip ${view.hasEnvelope ? 'bg-accent' : 'bg-line-strong'} after:absolute after:top-0.5 after:size-2.5 after:rounded-chip after:bg-panel ${view.hasEnvelope ? 'after:right-0.5' : 'after:left-0.5'}`}
        />
      </button>
      {view.range && (
        <button type="button" className={`${control} text-accent`} onClick={() => set({ range: undefined })}>
          {t('board.reset')}
        </button>
      )}
      <span className="flex-1" />
      <span className="max-sm:hidden">
        <Popover
          className={control}
          button={
            <>
              {t('board.perRow')} <b className="font-medium text-ink">{view.perRow}</b>
              <ChevronDown size={12} />
            </>
          }
        >
          {(close) => (
            <Choices
              options={([1, 2, 3, 4, 5, 6] as const).map((n) => [n, String(n)] as const)}
              value={view.perRow as 1}
              onChoose={(perRow) => {
                set({ perRow });
                close();
              }}
            />
          )}
        </Popover>
      </span>
    </div>
  );
}

/** A value that is shown at once and goes into the address when it rests. */
function useSettled<T>(settled: T, settle: (value: T) => void): readonly [T, (value: T) => void] {
  const [held, setHeld] = useState(settled);
  const [known, setKnown] = useState(settled);
  if (known !== settled) {
    setKnown(settled);
    setHeld(settled);
  }
  useEffect(() => {
    if (held === settled) return undefined;
    const timer = setTimeout(() => settle(held), REST_MS);
    return () => clearTimeout(timer);
  }, [held]);
  return [held, setHeld];
}
