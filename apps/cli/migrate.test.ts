import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filledStore, freshFolder } from '#storage/care/testing/stores.ts';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { runCairn } from './testing/run-cairn.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const cairn = (...words: string[]) => runCairn(words);

test('migrate moves a store to PostgreSQL and back, says what it did, and shows no password', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const { url } = await server.freshDatabase();
  const there = await cairn('migrate', '--from', data, '--to', url, '--data', data);
  expect(there).toMatchObject({ code: 0, err: expect.stringMatching(/^Opening both stores\n/) as string });
  expect(there.out).toMatch(
    /^Moved 3 runs in 3 projects, \d+ series \(\d+ rows, equal on both sides; files stay/,
  );
  const back = join(folder, 'back');
  const returned = await cairn('migrate', '--from', url, '--to', back, '--data', data, '--json');
  expect(JSON.parse(returned.out)).toMatchObject({ resumed: false, blobs: { copied: 2, damaged: [] } });
  const again = await cairn('migrate', '--from', data, '--to', url, '--data', data);
  expect([again.code, again.err]).toEqual([
    1,
    expect.stringMatching(
      /cairn: The target, .* is not empty: it has rows in '\w+'\. Name an empty one\.\n$/,
    ),
  ]);
  expect((await cairn('migrate', '--from', data, '--to', url)).err).toMatch(/name it with --data/);
  expect((await cairn('migrate', '--from', data)).code).toBe(2);
  const { password } = new URL(url);
  for (const { out, err } of [there, returned, again]) expect(out + err).not.toContain(password);
});
