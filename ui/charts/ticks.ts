import type { Scale } from '#ui/charts/axis/scale.ts';

/** Round values (1, 2, 2.5, 5 · 10^n) inside the range: at most `most` of them. */
export function linearTicks(from: number, to: number, most: number): number[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span)) return Number.isFinite(from) ? [from] : [];
  for (const step of roundSteps(span / most)) {
    const first = Math.ceil(from / step - 1e-9);
    const last = Math.floor(to / step + 1e-9);
    if (last - first + 1 > most) continue;
    const ticks: number[] = [];
    for (let i = first; i <= last; i += 1) ticks.push(cleaned(i * step, step));
    return ticks;
  }
  return [];
}

function* roundSteps(least: number): Generator<number> {
  const exponent = Math.floor(Math.log10(least));
  for (let e = exponent; e < exponent + 3; e += 1) {
    for (const mantissa of [1, 2, 2.5, 5]) {
      const step = mantissa * 10 ** e;
      if (step >= least * 0.999) yield step;
    }
  }
}

/** 0.30000000000000004 is 0.3: rounded to three digits beyond the step's. */
function cleaned(value: number, step: number): number {
  const digits = Math.min(100, Math.max(0, 3 - Math.floor(Math.log10(step))));
  return value === 0 ? 0 : Number(value.toFixed(digits));
}

/** Powers of ten inside the range, thinned to `most`; where there are fewer than two, 1-2-5 steps or linear ones. */
export function logTicks(from: number, to: number, most: number): number[] {
  const low = Math.ceil(Math.log10(from) - 1e-9);
  const high = Math.floor(Math.log10(to) + 1e-9);
  const powers = high - low + 1;
  if (powers >= 2) {
    const stride = Math.ceil(powers / most);
    const ticks: number[] = [];
    for (let e = low; e <= high; e += 1) if (e % stride === 0) ticks.push(Number(`1e${e}`));
    if (ticks.length >= 2) return ticks;
  }
  const between: number[] = [];
  for (let e = low - 1; e <= high; e += 1) {
    for (const mantissa of [1, 2, 5]) {
      const value = Number(`${mantissa}e${e}`);
      if (value >= from && value <= to) between.push(value);
    }
  }
  return between.length >= 2 && between.length <= most ? between : linearTicks(from, to, most);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 60, 90, 180, 365].map((n) => n * DAY),
];

/** Steps of clock and calendar, in ms. `offset` shifts them to the zone's midnight (ms east of UTC). */
export function timeTicks(from: number, to: number, most: number, offset = 0): number[] {
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= most - 1);
  if (step === undefined)
    return linearTicks(from / (365 * DAY), to / (365 * DAY), most).map((y) => y * 365 * DAY);
  const ticks: number[] = [];
  for (let t = Math.ceil((from + offset) / step) * step - offset; t <= to; t += step) ticks.push(t);
  return ticks;
}

/** Horizontal grid lines: 3 to 5. */
export function valueTicks(scale: Scale, most = 5): number[] {
  const from = Math.min(scale.from, scale.to);
  const to = Math.max(scale.from, scale.to);
  return scale.kind === 'log' ? logTicks(from, to, most) : linearTicks(from, to, most);
}
