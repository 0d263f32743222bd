import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashInputs, isPageCurrent } from './build-page.ts';

let root: string;

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cairn-page-'));
  write('apps/web/src/main.tsx', 'one');
  write('ui/kit/button.tsx', 'two');
});

afterEach(() => rmSync(root, { recursive: true }));

test('a page is current from its build until an input changes', () => {
  expect(isPageCurrent(root)).toBe(false);
  write('dist/web/index.html', '');
  expect(isPageCurrent(root)).toBe(false);
  write('dist/web.inputs', hashInputs(root));
  expect(isPageCurrent(root)).toBe(true);
  write('ui/kit/button.tsx', 'three');
  expect(isPageCurrent(root)).toBe(false);
});

test('a new, moved or touched file is a change, and a file of another layer is none', () => {
  const hashes = [hashInputs(root)];
  write('core/signal/ema.ts', '');
  hashes.push(hashInputs(root));
  renameSync(join(root, 'core/signal/ema.ts'), join(root, 'core/signal/mean.ts'));
  hashes.push(hashInputs(root));
  utimesSync(join(root, 'core/signal/mean.ts'), 1, 1);
  hashes.push(hashInputs(root));
  expect(new Set(hashes).size).toBe(4);
  write('storage/memory/state.ts', '');
  expect(hashInputs(root)).toBe(hashes.at(-1));
});
