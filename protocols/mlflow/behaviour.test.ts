import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const HERE = import.meta.dirname;
const FOLDERS: Readonly<Record<string, string>> = {
  '@': HERE,
  '#': join(HERE, '..', '..', 'tests', 'clients'),
};

const rows = readFileSync(join(HERE, 'BEHAVIOUR.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| .* \| .* \| [@#]\S+ +\|$/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, behaviour = '', title = '', file = '']) => ({ behaviour, title, file }));

test('the table has rows', () => {
  expect(rows.length).toBeGreaterThan(80);
});

test.each(rows)('$behaviour: its test is there', ({ title, file }) => {
  const path = join(FOLDERS[file.slice(0, 1)] ?? '', file.slice(1));
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `no ${path}`).toContain(title);
});
