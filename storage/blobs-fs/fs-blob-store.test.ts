import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { blobSuite } from '#storage/conformance/blob-suite.ts';
import { fsBlobStore } from './fs-blob-store.ts';

blobSuite('blobs-fs', async () => fsBlobStore(await freshFolder()));

test('shows damage at the end of the stream, and heals it when the bytes come again', async () => {
  const folder = await freshFolder();
  const blobs = await fsBlobStore(folder);
  const { digest } = await blobs.put(bytes('precious'));
  await writeFile(join(folder, 'blobs', digest.slice(0, 2), digest), 'precioux');
  await expect(drain(await blobs.get(digest))).rejects.toMatchObject({ code: 'corrupt' });
  await blobs.put(bytes('precious'));
  expect(await drain(await blobs.get(digest))).toBe(8);
});

test('removes what a failed source and an earlier process left, and keeps files private', async () => {
  const folder = await freshFolder();
  await fsBlobStore(folder);
  await writeFile(join(folder, 'tmp', 'left'), 'x');
  const blobs = await fsBlobStore(folder);
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  await expect(blobs.put(bytes('too much'), 3)).rejects.toMatchObject({ code: 'too_large' });
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  const { digest } = await blobs.put(bytes('mine'));
  const { mode } = await stat(join(folder, 'blobs', digest.slice(0, 2), digest));
  expect(mode & 0o777).toBe(0o600);
});

test('in a shared directory leaves alone what another process is in the middle of', async () => {
  const folder = await freshFolder();
  const theirs = await fsBlobStore(folder, { isShared: true });
  const arriving = Promise.withResolvers<void>();
  const whole = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield* bytes('pa');
    arriving.resolve();
    await whole.promise;
    yield* bytes('rt');
  }
  const put = theirs.put(slow());
  await arriving.promise;
  const abandoned = join(folder, 'tmp', 'abandoned');
  await writeFile(abandoned, 'x');
  const threeDaysAgo = Date.now() / 1000 - 3 * 86_400;
  await utimes(abandoned, threeDaysAgo, threeDaysAgo);
  await fsBlobStore(folder, { isShared: true });
  expect(await readdir(join(folder, 'tmp'))).toHaveLength(1);
  whole.resolve();
  expect((await put).sizeBytes).toBe(4);
});

test('an error of the source ends no server; the same error of the disk does', async () => {
  const folder = await freshFolder();
  let ends = 0;
  const blobs = await fsBlobStore(folder, { onFatal: () => (ends += 1) });
  const missing = Object.assign(new Error('a part is gone'), { code: 'ENOENT' });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield* bytes('begun');
    throw missing;
  }
  await expect(blobs.put(broken())).rejects.toBe(missing);
  expect(ends).toBe(0);
  await rm(join(folder, 'tmp'), { recursive: true });
  await expect(blobs.put(bytes('nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(ends).toBe(1);
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-blobs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function drain(source: AsyncIterable<Uint8Array>): Promise<number> {
  let total = 0;
  for await (const part of source) total += part.byteLength;
  return total;
}
