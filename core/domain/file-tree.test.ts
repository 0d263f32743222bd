import { expect, test } from 'vitest';
import { Fault } from './fault.ts';
import { treeFolder, treePath } from './file-tree.ts';

test.each([
  'model/MLmodel',
  'a b/ü/文件.txt',
  'images/loss%step%17%timestamp%1795556790245%9f48414a.png',
  '100%/x',
  '%41/x',
  'dots..in..names/...',
])('%j is a path and stays as it is', (path) => {
  expect(treePath(path)).toBe(path);
});

test.each([
  '',
  '/etc/passwd',
  '../x',
  'a/../b',
  'a/./b',
  'a//b',
  'a/',
  'a\\b',
  '..\\x',
  'C:/x',
  'a\0b',
  'a\u0001b',
  'a#b',
  '%2e%2e/x',
  'a/%2e%2e%2fb',
  'a/%252e%252e/b',
  'a/..%2fb',
  'a/..%5cb',
  'a/%25252e%25252e%25252fb',
  'a\ud800b',
])('%j is refused', (path) => {
  expect(() => treePath(path)).toThrow(Fault);
  expect(() => treePath(path)).toThrow('Invalid path');
});

test.each([
  ['x', 2048],
  ['é', 1024],
  ['文', 682],
  ['🎉', 512],
])('of %j a path may have %i, and one more is too long', (character, most) => {
  expect(treePath(character.repeat(most))).toHaveLength(most * character.length);
  expect(() => treePath(character.repeat(most + 1))).toThrow('more than 2048 bytes of UTF-8');
});

test('a folder may be the root and may end in a slash', () => {
  expect(treeFolder('')).toBe('');
  expect(treeFolder('.')).toBe('');
  expect(treeFolder('a/b/')).toBe('a/b');
  expect(() => treeFolder('..')).toThrow('Invalid path');
});
