import { expect, test } from 'vitest';
import { formatDuration, formatValue } from './describe-run.ts';
import { pointAt } from './explain.ts';
import { table } from './table.ts';
import { cut, displayWidth, plain } from './text.ts';

const rows = [
  { name: 'a rather long name', value: '1' },
  { name: '学习率', value: '12.5' },
];
const columns = [
  { head: 'NAME', cell: (row: (typeof rows)[0]) => row.name, shrinkTo: 8 },
  { head: 'VALUE', cell: (row: (typeof rows)[0]) => row.value, align: 'right' as const },
];

test('columns are aligned by what they take on the screen', () => {
  expect(table(rows, columns, Infinity)).toBe(
    ['NAME                VALUE', 'a rather long name      1', '学习率               12.5'].join('\n'),
  );
});

test('a narrow terminal cuts what may be cut and nothing else', () => {
  const lines = table(rows, columns, 17).split('\n');
  expect(lines).toEqual(['NAME        VALUE', 'a rather…       1', '学习率       12.5']);
  expect(lines.map(displayWidth)).toEqual([17, 17, 17]);
});

test('wide letters count twice, marks not at all, and a cut leaves no half', () => {
  expect([displayWidth('abc'), displayWidth('学a'), displayWidth('e\u{301}')]).toEqual([3, 3, 1]);
  expect([cut('学习率', 4), cut('学习率', 6), cut('abcdef', 3)]).toEqual(['学…', '学习率', 'ab…']);
  expect(plain('a\u001b[2Jb\n')).toBe('a�[2Jb�');
});

test('a caret stands below the place, also behind wide letters', () => {
  const [, text, caret] = pointAt("tags.学 = 'x' OR", 7, 'Expected a value.').message.split('\n');
  expect([text, caret]).toEqual(["  tags.学 = 'x' OR", '          ^']);
});

test('values and ages are short', () => {
  expect([0.123456789, 1e-9, 'NaN' as const, '-0' as const, undefined].map(formatValue)).toEqual([
    '0.123457',
    '1e-9',
    'NaN',
    '0',
    '',
  ]);
  expect([0, 59_999, 60_000, 7_200_000, 200_000_000].map(formatDuration)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '2 h',
    '2 d',
  ]);
});
