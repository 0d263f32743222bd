import { expect, test } from 'vitest';
import { compareColumns, type Column } from './compare-columns.ts';

const column = (name: string, type = 'double', isRequired = true): Column => ({ name, type, isRequired });

test('columns are told apart from the version before, what is gone at the end', () => {
  const now = [column('amount'), column('channel', 'long'), column('age')];
  const before = [column('amount'), column('channel', 'string'), column('region')];
  expect(compareColumns(now, before).map(({ column: { name }, change }) => `${name} ${change}`)).toEqual([
    'amount same',
    'channel changed',
    'age added',
    'region removed',
  ]);
});

test('the first version has no changes', () => {
  expect(compareColumns([column('amount')], undefined)).toEqual([
    { column: column('amount'), change: 'same' },
  ]);
});
