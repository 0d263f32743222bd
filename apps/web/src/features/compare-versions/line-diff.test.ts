import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, hunksOf, type DiffLine } from './line-diff.ts';

const shown = (lines: readonly DiffLine[]): string[] =>
  lines.map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`);

test('a line that changed is removed and added where it stood', () => {
  expect(shown(diffLines('a\nb\nc\n', 'a\nB\nc\n'))).toEqual([' a', '-b', '+B', ' c']);
  expect(diffLines('a\nb', 'b').map(({ a, b }) => [a, b])).toEqual([
    [1, undefined],
    [2, 1],
  ]);
});

test('nothing and something: everything was added', () => {
  expect(shown(diffLines('', 'x\ny'))).toEqual(['+x', '+y']);
  expect(diffLines('', '')).toEqual([]);
});

test('both texts can be read back from the difference, and it is the shortest', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const lines = diffLines(a.join('\n'), b.join('\n'));
      const side = (kind: DiffLine['kind']): string[] =>
        lines.filter((line) => line.kind === 'same' || line.kind === kind).map((line) => line.text);
      expect([side('removed'), side('added')]).toEqual([a, b]);
      const same = lines.filter(({ kind }) => kind === 'same').length;
      expect(same).toBe(longestCommon(a, b));
    }),
  );
});

test('only what is near a change is shown', () => {
  const before = Array.from({ length: 40 }, (_, i) => `line ${i}`);
  const after = before.with(5, 'other').with(30, 'another');
  const hunks = hunksOf(diffLines(before.join('\n'), after.join('\n')), 2);
  expect(hunks.map(({ lines }) => [lines[0]?.text, lines.length])).toEqual([
    ['line 3', 6],
    ['line 28', 6],
  ]);
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => Array.from(b, () => 0).concat(0));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const row = table[i] as number[];
      const above = table[i - 1] as number[];
      row[j] =
        a[i - 1] === b[j - 1]
          ? (above[j - 1] as number) + 1
          : Math.max(above[j] as number, row[j - 1] as number);
    }
  }
  return table[a.length]?.[b.length] ?? 0;
}
