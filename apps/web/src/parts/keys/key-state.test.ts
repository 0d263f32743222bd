import { expect, test } from 'vitest';
import type { ApiKeyJson } from '../../api/identity.ts';
import { inOrder, keyState } from './key-state.ts';

const DAY = 86_400_000;
const key = (id: number, change: Partial<ApiKeyJson> = {}): ApiKeyJson => ({
  id: `k-${id}`,
  account: 'u-1',
  name: `key ${id}`,
  prefix: 'cairn-AbCd',
  role: 'editor',
  createdAt: id * DAY,
  ...change,
});

test('a key ends by being revoked or by its date, and says so a week before', () => {
  const now = 100 * DAY;
  expect(keyState(key(1), now)).toBe('active');
  expect(keyState(key(1, { expiresAt: now + 8 * DAY }), now)).toBe('active');
  expect(keyState(key(1, { expiresAt: now + 7 * DAY }), now)).toBe('soon');
  expect(keyState(key(1, { expiresAt: now }), now)).toBe('expired');
  expect(keyState(key(1, { expiresAt: now + 8 * DAY, revokedAt: 1 }), now)).toBe('revoked');
});

test('keys that work stand first, the newest on top', () => {
  const keys = [key(1), key(2, { revokedAt: 5 }), key(3), key(4, { expiresAt: 1 })];
  expect(inOrder(keys, 100 * DAY).map(({ id }) => id)).toEqual(['k-3', 'k-1', 'k-4', 'k-2']);
});
