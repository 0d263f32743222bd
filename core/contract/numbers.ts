// JSON has no NaN, no infinities and writes −0 as 0, while a metric value is any double, kept bit for bit. So a value
// travels as a JSON number where JSON can hold it, and as one of four words where it cannot.

const WORDS = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
} as const;
type Word = keyof typeof WORDS;

/** Its schema is in `schemas.ts`. */
export type MetricValue = number | Word;

export function toMetricValue(value: number): MetricValue {
  if (Number.isNaN(value)) return 'NaN';
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity';
}

export function fromMetricValue(value: MetricValue): number {
  return typeof value === 'number' ? value : WORDS[value satisfies Word];
}
