import { expect, test } from 'vitest';

import { deltaTone } from './delta-tone.ts';

test('less is better when the smallest is sought, worse when the largest is', () => {
  expect(deltaTone(-1, 'min')).toBe('better');
  expect(deltaTone(-1, 'max')).toBe('worse');
  expect(deltaTone(1, 'max')).toBe('better');
});

test('a difference within the noise, or without a direction, has no tint', () => {
  expect(deltaTone(0.001, 'max', 0.002)).toBe('noise');
  expect(deltaTone(5, undefined)).toBe('noise');
  expect(deltaTone(0, 'max')).toBe('same');
});
