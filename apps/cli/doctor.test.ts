import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filledStore, freshFolder, openStore, sql } from '#storage/care/testing/stores.ts';
import { runCairn } from './testing/run-cairn.ts';

const cairn = (...words: string[]) => runCairn(words);

test('doctor ends with 0 when all is sound, 1 with findings, 2 when it could not look', async () => {
  const data = await filledStore(join(await freshFolder(), 'data'));
  const sound = await cairn('doctor', '--data', data);
  expect([sound.code, sound.out]).toEqual([0, 'The store is sound.\n']);
  const running = await openStore(data);
  const refused = await cairn('doctor', '--data', data);
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringMatching(/^cairn: .*already served by process \d+/),
  ]);
  expect((await cairn('doctor', '--online', '--data', data)).code).toBe(0);
  await running.close();
  expect((await cairn('doctor', '--data', join(data, 'nothing'))).code).toBe(2);
});

test('doctor names the run and metric that are damaged, and repairs what it can', async () => {
  const data = await filledStore(join(await freshFolder(), 'data'));
  sql(join(data, 'cairn.db'), 'UPDATE series_segment SET data = zeroblob(length(data)) WHERE number = 1');
  const found = await cairn('doctor', '--data', data);
  expect(found.code).toBe(1);
  expect(found.out).toMatch(/^error {2}metric 'loss' of run vision\/1 'ünï 🎉' \(0+1\): segment 1: /);
  expect(found.out).toMatch(/\n {4}--repair: move what cannot be read into a file in quarantine\//);
  const repaired = await cairn('doctor', '--repair', '--json', '--data', data);
  expect([repaired.code, JSON.parse(repaired.out)]).toMatchObject([
    0,
    { left: [], repaired: [{ done: expect.stringMatching(/points are lost$/) as string }] },
  ]);
  expect(await readdir(join(data, 'quarantine'))).toEqual(['segment-1-1.json']);
  await rm(join(data, 'blobs'), { recursive: true });
  const lost = await cairn('doctor', '--repair', '--data', data);
  expect([lost.code, lost.out]).toEqual([1, expect.stringMatching(/2 findings are left\.\n$/)]);
});
