import { expect, test } from 'vitest';
import { paramChanges } from './param-changes.ts';

const param = (key: string, text: string, previous?: string | null) => ({
  key,
  text,
  type: 'string' as const,
  ...(previous !== undefined && { previous }),
});

test('what differs from the version before comes first, with the difference of numbers', () => {
  const changes = paramChanges(
    [param('a', '5'), param('depth', '5', '6'), param('loss', 'auc', null), param('tree', 'hist', 'exact')],
    13,
  );
  expect(changes.map(({ key, kind, by }) => [key, kind, by])).toEqual([
    ['depth', 'changed', -1],
    ['loss', 'added', undefined],
    ['tree', 'changed', undefined],
    ['a', 'same', undefined],
  ]);
});

test('1.0 and 1 are the same number, and 0.1 + 0.2 is 0.3', () => {
  const [same, changed] = paramChanges([param('b', '1.0', '1'), param('a', '0.3', '0.1')], 13);
  expect([same, changed].map((each) => [each?.key, each?.by])).toEqual([
    ['a', 0.2],
    ['b', undefined],
  ]);
});

test('without a version to compare with nothing claims to be the same', () => {
  expect(paramChanges([param('a', '1')], undefined)[0]?.kind).toBe('unknown');
});
