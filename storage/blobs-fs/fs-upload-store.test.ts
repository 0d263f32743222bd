import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { uploadSuite } from '#storage/conformance/upload-suite.ts';
import { fsUploadStore } from './fs-upload-store.ts';

uploadSuite('blobs-fs', async () => {
  const folder = await freshFolder();
  return { uploads: await fsUploadStore(folder), again: () => fsUploadStore(folder) };
});

test('what a killed process was making, or ended and did not take away, goes after an hour', async () => {
  const folder = await freshFolder();
  const uploads = await fsUploadStore(folder);
  const root = join(folder, 'uploads');
  const [kept, aborted] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];
  for (const id of [kept, aborted]) {
    await uploads.open({ id, owner: { kind: 'loose' }, path: 'x', partCount: 1, openedAt: 1 });
  }
  await rename(join(root, aborted, 'open.json'), join(root, aborted, 'aborted.json'));
  const making = `${'c'.repeat(64)}.tmp`;
  await mkdir(join(root, making));
  expect((await uploads.list()).map(({ id }) => id)).toEqual([kept]);
  expect((await readdir(root)).toSorted()).toEqual([kept, aborted, making]);
  const twoHoursAgo = Date.now() / 1000 - 7200;
  for (const name of [kept, aborted, making]) await utimes(join(root, name), twoHoursAgo, twoHoursAgo);
  await uploads.list();
  expect(await readdir(root)).toEqual([kept]);
});

test('a half of a part is none, whoever left it, and everything is for its owner alone', async () => {
  const folder = await freshFolder();
  const uploads = await fsUploadStore(folder);
  const id = 'a'.repeat(64);
  await uploads.open({ id, owner: { kind: 'loose' }, path: 'x', partCount: 1, openedAt: 1 });
  const place = join(folder, 'uploads', id);
  await writeFile(join(place, crypto.randomUUID()), 'hal');
  expect(await uploads.parts(id)).toEqual([]);
  const part = await uploads.putPart(id, { number: 1, bytes: bytes('whole'), limitBytes: 5 });
  const modes = [place, join(place, 'open.json'), join(place, `part-1-${part.digest}-5`)].map(async (path) =>
    ((await stat(path)).mode & 0o777).toString(8),
  );
  expect(await Promise.all(modes)).toEqual(['700', '600', '600']);
  await uploads.settle(id, { digest: part.digest, sizeBytes: 5, at: 2 });
  expect(await readdir(place)).toEqual([`settled-${part.digest}-5-2.json`]);
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-uploads-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
