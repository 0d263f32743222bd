import { expect, test } from 'vitest';
import { checkLock } from './check-lock.ts';

const lock = (packages: object) => checkLock(JSON.stringify({ packages }));

test('a lock file that has everything it wants is sound', () => {
  expect(
    lock({
      '': { dependencies: { a: '1' }, devDependencies: { '@s/b': '1' } },
      'node_modules/a': { dependencies: { c: '1', d: '1' } },
      'node_modules/a/node_modules/c': { optionalDependencies: { '@s/b': '1' } },
      'node_modules/d': {},
      'node_modules/@s/b': {},
    }),
  ).toEqual([]);
});

test('a package that was left out for one platform is named with who wants it', () => {
  expect(
    lock({
      '': { dependencies: { lint: '1', gone: '1' } },
      'node_modules/lint': { optionalDependencies: { '@lint/darwin': '1', '@lint/linux': '1' } },
      'node_modules/@lint/linux': {},
    }),
  ).toEqual([
    'package.json wants gone, which the lock file does not have',
    'node_modules/lint wants @lint/darwin, which the lock file does not have',
  ]);
});

test('a package nested in another one does not serve its neighbours', () => {
  expect(
    lock({ '': { dependencies: { b: '1' } }, 'node_modules/a': {}, 'node_modules/a/node_modules/b': {} }),
  ).toEqual(['package.json wants b, which the lock file does not have']);
});

test('a download address is refused', () => {
  expect(lock({ '': {}, 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } })).toEqual([
    'node_modules/a names a download address; npm install must run with .npmrc',
  ]);
});

test('an empty lock file is no proof', () => {
  expect(lock({ '': {} })).toEqual(['package-lock.json holds no package; the check has lost the lock file']);
});
