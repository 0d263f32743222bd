const MINUS = '\u2212';
const SUFFIXES = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** Axis labels that belong together: the same number of decimals on all, SI suffixes from 1000 on. */
export function formatTicks(ticks: readonly number[]): string[] {
  const largest = Math.max(...ticks.map(Math.abs), 0);
  const step = smallestStep(ticks);
  if (largest !== 0 && (largest < 1e-3 || (step > 0 && decimalsFor(step) > 4 && largest < 0.01)))
    return ticks.map((tick) => exponential(tick, 2));
  const power = suffixPower(largest);
  const scaledStep = step / 1000 ** power;
  const decimals = scaledStep > 0 ? decimalsFor(scaledStep) : decimalsOf(largest / 1000 ** power);
  return ticks.map((tick) =>
    tick === 0 && power > 0 ? '0' : withMinus((tick / 1000 ** power).toFixed(decimals)) + SUFFIXES[power],
  );
}

/** Powers of ten and what stands between them: each label for itself. */
export function formatLogTick(tick: number): string {
  const size = Math.abs(tick);
  if (size !== 0 && (size < 1e-3 || size >= 1e18)) return exponential(tick);
  const power = suffixPower(size);
  return withMinus(String(Number((tick / 1000 ** power).toPrecision(4)))) + SUFFIXES[power];
}

/** A value in a tooltip or table: about five significant digits, never 1.2e4 below a million. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e6) {
    const power = suffixPower(size);
    return size >= 1e18
      ? exponential(value, 3)
      : withMinus((value / 1000 ** power).toFixed(3)) + SUFFIXES[power];
  }
  if (size < 1e-3) return exponential(value, 2);
  if (Number.isInteger(value)) return formatStep(value);
  return withMinus(value.toFixed(valueDecimals(size)));
}

/** A difference with the decimals of what it is the difference to, so that both can be added by eye. */
export function formatDifference(by: number, to: number): string {
  const size = Math.abs(to);
  const isPlain =
    Number.isFinite(by) && size >= 1e-3 && size < 1e6 && !(Number.isInteger(by) && Number.isInteger(to));
  if (!isPlain) return formatValue(by);
  const fixed = by.toFixed(valueDecimals(size));
  return Number(fixed) === 0 ? '0' : withMinus(fixed);
}

function valueDecimals(size: number): number {
  return size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : 4;
}

/** A step or another count: grouped by thousands, fractions only where there are any. */
export function formatStep(value: number): string {
  const [whole = '', fraction] = String(Number(Math.abs(value).toPrecision(12))).split('.');
  if (whole.includes('e')) return exponential(value, 3);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return (value < 0 ? MINUS : '') + grouped + (fraction === undefined ? '' : `.${fraction}`);
}

/** Time since a start, in ms, in its one or two largest units. */
export function formatDuration(ms: number): string {
  const sign = ms < 0 ? MINUS : '';
  const total = Math.abs(ms);
  if (total === 0) return '0';
  if (total < 1000) return `${sign}${Number(total.toPrecision(3))} ms`;
  const seconds = total / 1000;
  if (seconds < 60) return `${sign}${Number(seconds.toPrecision(3))} s`;
  if (seconds < 3600) return sign + twoUnits(seconds, 60, 'm', 1, 's');
  if (seconds < 86_400) return sign + twoUnits(seconds, 3600, 'h', 60, 'm');
  return sign + twoUnits(seconds, 86_400, 'd', 3600, 'h');
}

function twoUnits(
  seconds: number,
  large: number,
  largeName: string,
  small: number,
  smallName: string,
): string {
  const smalls = Math.round(seconds / small);
  const perLarge = large / small;
  const rest = smalls % perLarge;
  return `${Math.floor(smalls / perLarge)} ${largeName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
}

function exponential(value: number, digits = 1): string {
  if (value === 0) return '0';
  const [mantissa = '', exponent = ''] = value.toExponential(digits).split('e');
  return withMinus(`${Number(mantissa)}e${exponent.replace('+', '')}`);
}

function suffixPower(size: number): number {
  // 999.95 is still below 1 k after rounding only if it keeps its decimals; ticks and values both do.
  const power = size >= 1000 ? Math.floor(Math.log10(size) / 3 + 1e-9) : 0;
  return Math.min(power, SUFFIXES.length - 1);
}

function smallestStep(ticks: readonly number[]): number {
  let smallest = Infinity;
  for (let i = 1; i < ticks.length; i += 1) {
    smallest = Math.min(smallest, Math.abs((ticks[i] as number) - (ticks[i - 1] as number)));
  }
  return Number.isFinite(smallest) ? smallest : 0;
}

/** How many decimals tell multiples of `step` apart: 0.25 needs two, 0.2 one. */
function decimalsFor(step: number): number {
  for (let decimals = 0; decimals < 8; decimals += 1) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled)) return decimals;
  }
  return 8;
}

function decimalsOf(value: number): number {
  return decimalsFor(Number(value.toPrecision(4)));
}

function withMinus(text: string): string {
  return text.replaceAll('-', MINUS);
}
