import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gitCheckout } from './git-checkout.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
let folder: string;

function put(path: string, text: string): void {
  const whole = join(folder, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, text);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-git-'));
  put('main/.git/HEAD', 'ref: refs/heads/feature/x\n');
  put(
    'main/.git/config',
    '[core]\n\tbare = false\n[remote "origin"]\n\turl = https://me:secret@git.example/a/b.git\n',
  );
  put('main/.git/packed-refs', `# pack-refs with: peeled\n${COMMIT} refs/heads/feature/x\n`);
  put('main/src/train.ts', '');
  put('main/.git/worktrees/w/HEAD', `${COMMIT}\n`);
  put('main/.git/worktrees/w/commondir', '../..\n');
  put('w/.git', `gitdir: ${join(folder, 'main/.git/worktrees/w')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a branch with packed refs is read from below, and no secret of the URL is kept', () => {
  expect(gitCheckout(join(folder, 'main/src'))).toEqual({
    commit: COMMIT,
    branch: 'feature/x',
    repository: 'https://git.example/a/b.git',
  });
});

test('a worktree with a detached head has a commit and no branch', () => {
  expect(gitCheckout(join(folder, 'w'))).toEqual({
    commit: COMMIT,
    repository: 'https://git.example/a/b.git',
  });
});

test('outside a checkout there is nothing to say', () => {
  expect(gitCheckout(folder)).toBeUndefined();
});
