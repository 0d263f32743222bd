import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filledStore, freshFolder, openStore } from '#storage/care/testing/stores.ts';
import { runCairn } from './testing/run-cairn.ts';

const cairn = (...words: string[]) => runCairn(words);

test('backup, verify and restore say what they did, and refuse in one line', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const to = join(folder, 'backup');
  const running = await openStore(data);
  const taken = await cairn('backup', to, '--data', data);
  await running.close();
  expect(taken.code).toBe(0);
  expect(taken.out).toMatch(
    /^Backed up 3 runs in 3 projects, .* of database, 2 files of 32 kB \(2 new files, 32 kB\)/,
  );
  expect(taken.err).toMatch(/^Copying the database\n/);
  expect((await cairn('backup', '--verify', to)).out).toMatch(/is whole: 3 runs in 3 projects/);
  const again = await cairn('backup', to, '--data', data, '--json');
  expect(JSON.parse(again.out)).toMatchObject({ copiedBlobs: 0, manifest: { counts: { runs: 3 } } });
  const restored = await cairn('restore', to, '--data', join(folder, 'new'));
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('cairn server --data') as string });
  const refused = await cairn('restore', to, '--data', data);
  expect([refused.code, refused.err]).toEqual([
    1,
    `cairn: '${data}' is not empty. Restore into a new directory.\n`,
  ]);
  expect((await cairn('backup', '--verify', folder)).err).toMatch(
    /^cairn: .* holds no finished backup: .*\n$/,
  );
});
