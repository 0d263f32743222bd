import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { debiasedEma } from './smoothing.ts';

const NOISY = [0.9, 0.75, NaN, 0.8, 0.31, Infinity, 0.4, -0.2, -Infinity, 1e6, 0.05, 0.05];

/** The definition without recursion: the mean of the finite values so far, weighted w^age. */
function weightedMean(values: readonly number[], weight: number, at: number): number {
  const past = values
    .slice(0, at + 1)
    .filter(Number.isFinite)
    .toReversed();
  const weights = past.map((_, age) => weight ** age);
  const total = weights.reduce((sum, one) => sum + one, 0);
  return past.reduce((sum, value, age) => sum + (value * (weights[age] as number)) / total, 0);
}

test('it agrees with numbers that NumPy computed', () => {
  // For each k: numpy.dot(w ** ages, values) / numpy.sum(w ** ages) over the finite values so far.
  const references: [number, number[]][] = [
    [
      0.6,
      [
        0.9,
        0.80625,
        NaN,
        0.803061224489796,
        0.5764705882352941,
        Infinity,
        0.49993060374739756,
        0.20625671321160044,
        -Infinity,
        411520.0455266139,
        244100.03401542452,
        145466.036971784,
      ],
    ],
    [
      0.999,
      [
        0.9,
        0.8249624812406202,
        NaN,
        0.8166333277833409,
        0.6897848499375026,
        Infinity,
        0.6317118500381418,
        0.49274625725452664,
        -Infinity,
        143286.70814218983,
        125313.0938826642,
        111333.6347831828,
      ],
    ],
  ];
  for (const [weight, reference] of references) {
    const smoothed = debiasedEma(Float64Array.from(NOISY), weight);
    reference.forEach((expected, i) => {
      const actual = smoothed[i] as number;
      if (Number.isFinite(expected))
        expect(Math.abs(actual - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
      else expect(actual).toBe(expected);
    });
  }
});

test('it agrees with the weighted mean for any series and weight', () => {
  const value = fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
  );
  const weight = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), weight, (values, w) => {
      const smoothed = debiasedEma(Float64Array.from(values), w);
      values.forEach((raw, i) => {
        if (!Number.isFinite(raw)) expect(smoothed[i]).toBe(raw);
        else expect(smoothed[i]).toBeCloseTo(weightedMean(values, w, i), 5);
      });
    }),
  );
});

test('a constant series is untouched, bit for bit, also with gaps', () => {
  for (const values of [[0.1, 0.1, 0.1], [NaN, 0.1, Infinity, 0.1], [-0], [NaN, -Infinity], []]) {
    expect([...debiasedEma(Float64Array.from(values), 0.9)]).toEqual(values);
  }
});

test('the weight 0 changes nothing and the input is never written to', () => {
  const values = Float64Array.from(NOISY);
  expect(debiasedEma(values, 0)).toEqual(values);
  expect(debiasedEma(values, 0.5)).not.toEqual(values);
  expect([...values]).toEqual(NOISY);
});

test('a million points at the greatest weight of the slider stay within the range of the data', () => {
  const values = Float64Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i));
  const smoothed = debiasedEma(values, 0.999);
  expect(smoothed.every((value) => Math.abs(value) <= 1)).toBe(true);
  expect(Math.abs(smoothed.at(-1) as number)).toBeLessThan(0.01);
});

test.each([-0.1, 1, 2, NaN])('the weight %d is refused', (weight) => {
  expect(() => debiasedEma(new Float64Array(3), weight)).toThrow(RangeError);
});
