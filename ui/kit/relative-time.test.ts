import { expect, test } from 'vitest';

import { relativeTime } from './relative-time.ts';

const MINUTE = 60_000;

test('a time is told in its largest sensible unit', () => {
  expect(relativeTime(0, 5000, 'en')).toBe('5 sec. ago');
  expect(relativeTime(0, 9 * MINUTE, 'en')).toBe('9 min. ago');
  expect(relativeTime(0, 3 * 60 * MINUTE, 'en')).toBe('3 hr. ago');
  expect(relativeTime(0, 21 * 24 * 60 * MINUTE, 'en')).toBe('21 days ago');
  expect(relativeTime(0, 800 * 24 * 60 * MINUTE, 'en')).toBe('2 yr. ago');
});

test('it speaks the language of the reader, also of the future', () => {
  expect(relativeTime(0, 9 * MINUTE, 'zh-CN')).toBe('9分钟前');
  expect(relativeTime(9 * MINUTE, 0, 'en')).toBe('in 9 min.');
});
