import { expect, test } from 'vitest';
import { fileKind, parseTable, textOfBytes } from './file-kinds.ts';

test('a file is known by its ending, else tried as text', () => {
  expect(fileKind('a/b.PNG')).toBe('image');
  expect(fileKind('report.html')).toBe('html');
  expect(fileKind('a.dir/LICENSE')).toBe('text');
  expect(fileKind('model.pkl')).toBe('other');
});

test('bytes that are no text are not shown as text', () => {
  expect(textOfBytes(new TextEncoder().encode('grün\n').buffer)).toBe('grün\n');
  expect(textOfBytes(new Uint8Array([0xff, 0xfe]).buffer)).toBeUndefined();
  expect(textOfBytes(new Uint8Array([97, 0]).buffer)).toBeUndefined();
});

test('quoted cells keep separators, quotes and line ends', () => {
  expect(parseTable('a,b\r\n"x, ""y""","1\n2"\n', ',', 10)).toEqual({
    rows: [
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ],
    total: 2,
  });
});

test('rows beyond the limit are counted and not kept', () => {
  expect(parseTable('1\n2\n3', ',', 2)).toEqual({ rows: [['1'], ['2']], total: 3 });
});
