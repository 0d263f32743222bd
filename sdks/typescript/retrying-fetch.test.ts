import { expect, test } from 'vitest';
import { backoffMs, isTemporary, retryAfterMs } from './retrying-fetch.ts';

test('waits double from a fifth of a second up to half a minute, half of each by chance', () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 0))).toEqual([100, 200, 400, 800]);
  expect(backoffMs(0, 0.5)).toBe(150);
  expect(backoffMs(50, 0.999)).toBeLessThan(30_000);
});

test('Retry-After is seconds or a date, at least nothing and at most two minutes', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs('2', now)).toBe(2000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000);
  expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('100000', now)).toBe(120_000);
  expect([retryAfterMs(null), retryAfterMs('soon')]).toEqual([undefined, undefined]);
});

test('only answers that mean "later" are temporary', () => {
  const statuses = [200, 400, 401, 404, 408, 409, 413, 425, 429, 500, 501, 502, 503, 504];
  expect(statuses.filter(isTemporary)).toEqual([408, 425, 429, 500, 502, 503, 504]);
});
