import { ChevronDown, Search } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Input } from '#ui/kit/Input.tsx';
import { Kbd } from '#ui/kit/Kbd.tsx';
import { Menu, MenuChoice } from '#ui/kit/Menu.tsx';
import { Slider } from '#ui/kit/Slider.tsx';
import { Switch } from '#ui/kit/Switch.tsx';
import { t } from '../../text/translate.ts';
import type { ChartSettings } from './chart-settings.ts';

/** The metric search has the key `m` on every page with charts. */
export const METRICS_ID = 'find-metrics';
/** While somebody types or drags, the address waits. */
const REST_MS = 120;
const PER_ROW = [1, 2, 3, 4, 5, 6].map((n) => ({ value: String(n), text: String(n) }));

/** How the charts are drawn. Everything here changes the address. */
export function ChartBar({
  settings,
  onChange,
  isPatternWrong,
}: {
  readonly settings: ChartSettings;
  readonly onChange: (change: Partial<ChartSettings>) => void;
  readonly isPatternWrong: boolean;
}) {
  const [metrics, setMetrics] = useSettled(settings.metrics, (text) => onChange({ metrics: text }));
  const [smoothing, setSmoothing] = useSettled(settings.smoothing, (weight) =>
    onChange({ smoothing: weight }),
  );
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 overflow-x-auto whitespace-nowrap border-b border-line px-(--gutter) text-12 text-ink-2 max-sm:px-3">
      <span title={isPatternWrong ? t('board.badPattern') : undefined}>
        <Input
          id={METRICS_ID}
          className="w-[200px] min-w-32"
          isMono
          icon={<Search size={14} strokeWidth={1.5} className="shrink-0" aria-hidden="true" />}
          trailing={<Kbd className="max-sm:hidden">m</Kbd>}
          label={t('board.findMetric')}
          placeholder={t('board.findMetric')}
          spellCheck={false}
          value={metrics}
          onChange={(event) => setMetrics(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </span>
      <Choice
        word={t('board.x')}
        value={settings.x}
        options={[
          { value: 'step', text: t('board.step') },
          { value: 'relative', text: t('board.relative') },
          { value: 'time', text: t('board.time') },
        ]}
        onChange={(x) => onChange({ x })}
      />
      <Choice
        word={t('board.y')}
        value={settings.isLog ? 'log' : 'linear'}
        options={[
          { value: 'linear', text: t('board.linear') },
          { value: 'log', text: t('board.log') },
        ]}
        onChange={(y) => onChange({ isLog: y === 'log' })}
      />
      <span className="mx-1 h-4 w-px shrink-0 bg-line" />
      <span className="flex items-center gap-1.5">
        {t('board.smooth')}
        <Slider
          label={t('board.smooth')}
          value={smoothing}
          min={0}
          max={0.99}
          step={0.01}
          valueText={smoothing.toFixed(2)}
          onChange={setSmoothing}
        />
        <b className="w-6 font-mono font-medium text-ink">{smoothing.toFixed(2).replace(/^0/, '')}</b>
      </span>
      <Switch isOn={settings.hasEnvelope} onChange={(hasEnvelope) => onChange({ hasEnvelope })}>
        {t('board.envelope')}
      </Switch>
      {settings.range && (
        <Button look="quiet" className="text-12! text-accent!" onClick={() => onChange({ range: undefined })}>
          {t('board.reset')}
        </Button>
      )}
      <span className="flex-1" />
      <span className="max-lg:hidden">
        <Choice
          word={t('board.perRow')}
          value={String(settings.perRow)}
          options={PER_ROW}
          onChange={(perRow) => onChange({ perRow: Number(perRow) })}
        />
      </span>
    </div>
  );
}

/** A word and its value, which opens what else it may be. */
function Choice<Value extends string>({
  word,
  value,
  options,
  onChange,
}: {
  readonly word: ReactNode;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <Menu
      trigger={
        <Button look="quiet" className="text-12!">
          {word}{' '}
          <b className="font-medium text-ink">{options.find((option) => option.value === value)?.text}</b>
          <ChevronDown size={12} aria-hidden="true" />
        </Button>
      }
    >
      <MenuChoice value={value} options={options} onChange={onChange} />
    </Menu>
  );
}

/** A value that is shown at once and goes into the address when it rests. */
function useSettled<T>(settled: T, settle: (value: T) => void): readonly [T, (value: T) => void] {
  const [held, setHeld] = useState(settled);
  const [known, setKnown] = useState(settled);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== settled) {
    setKnown(settled);
    setHeld(settled);
  }
  const hold = (value: T): void => {
    setHeld(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(value), REST_MS);
  };
  return [held, hold];
}
