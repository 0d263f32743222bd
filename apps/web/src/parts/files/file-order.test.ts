import { expect, test } from 'vitest';
import { filesInOrder } from './file-order.ts';

test('MLmodel stands first, folders below the files beside them', () => {
  const paths = ['code/b.py', 'MLmodel', 'a.txt', 'code/deep/c.py', 'code/a.py'];
  const rows = filesInOrder(paths.map((path) => ({ path, digest: 'd', sizeBytes: 1 })));
  expect(rows.map(({ depth, name }) => `${'  '.repeat(depth)}${name}`)).toEqual([
    'MLmodel',
    'a.txt',
    'code',
    '  a.py',
    '  b.py',
    '  deep',
    '    c.py',
  ]);
});
