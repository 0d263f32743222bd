import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fsUploadStore } from '#storage/blobs-fs/fs-upload-store.ts';
import { Fault } from '#core/domain/fault.ts';
import { quickSecrets } from '#storage/conformance/quick-secrets.ts';
import { commitOf } from '#storage/conformance/sample-changes.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import type { UploadStore } from '../ports/uploads.ts';
import { beginUpload } from './begin-upload.ts';
import { abortUpload, completeUpload } from './complete-upload.ts';
import { expireUploads } from './expire-uploads.ts';
import { putFile } from './put-file.ts';
import { putPart } from './put-part.ts';

const HOUR_MS = 3_600_000;
const place = { owner: { kind: 'loose' }, path: 'a/b.bin' } as const;

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Uploads in a real directory and a clock that the test moves. */
async function start(makeUploads: (folder: string) => Promise<UploadStore> = fsUploadStore) {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-uploads-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  let now = 1_000_000;
  const uploads = await makeUploads(folder);
  const ports = { ...memoryStore(), uploads, secrets: quickSecrets(), clock: { now: () => now } };
  return {
    ports,
    passHours: (hours: number) => (now += hours * HOUR_MS),
    expire: () => expireUploads(ports),
    /** Files of parts, whole or not. */
    staged: async () => {
      const files = await readdir(join(folder, 'uploads'), { recursive: true, withFileTypes: true });
      return files.filter((file) => file.isFile() && !file.name.endsWith('.json')).length;
    },
    begin: async (partCount: number) => (await beginUpload(ports, LOCAL_OWNER, { ...place, partCount })).id,
    put: (upload: string, number: number, text: string) =>
      putPart(ports, { upload, number, bytes: bytes(text) }),
    complete: (upload: string, digests: readonly string[]) =>
      completeUpload(ports, LOCAL_OWNER, {
        ...place,
        upload,
        parts: digests.map((digest, at) => ({ number: at + 1, digest })),
      }),
    abort: (upload: string) => abortUpload(ports, LOCAL_OWNER, { ...place, upload }),
  };
}

test('an upload is open for a day, then it is unknown and its parts give their space back', async () => {
  const { begin, put, passHours, expire, staged } = await start();
  const upload = await begin(2);
  await put(upload, 1, 'x');
  passHours(23.9);
  await expire();
  await put(upload, 2, 'y');
  expect(await staged()).toBe(2);
  passHours(0.1);
  await expect(put(upload, 1, 'x')).rejects.toMatchObject({
    code: 'not_found',
    details: { subject: 'upload' },
  });
  await expire();
  expect(await staged()).toBe(0);
});

test('parts give their space back when they were put together, replaced or aborted', async () => {
  const { begin, put, complete, abort, staged } = await start();
  const [first, second] = [await begin(2), await begin(1)];
  await put(first, 1, 'old');
  const digests = [(await put(first, 1, 'new')).digest, (await put(first, 2, '!')).digest];
  await put(second, 1, 'other');
  expect(await staged()).toBe(3);
  expect((await complete(first, digests)).sizeBytes).toBe(4);
  expect(await staged()).toBe(1);
  await abort(second);
  expect(await staged()).toBe(0);
});

test('a part that is still arriving when its upload is aborted is not kept', async () => {
  const { ports, begin, abort, staged } = await start();
  const upload = await begin(1);
  const arriving = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<Uint8Array> {
    arriving.resolve();
    await aborted.promise;
    yield new Uint8Array(3);
  }
  const put = putPart(ports, { upload, number: 1, bytes: slow() });
  await arriving.promise;
  await abort(upload);
  aborted.resolve();
  await expect(put).rejects.toMatchObject({ code: 'not_found' });
  expect(await staged()).toBe(0);
});

test('a completion that fails leaves the upload open and its parts where they are', async () => {
  const { ports, begin, put, complete, abort, staged } = await start();
  const upload = await begin(1);
  const parts = [{ number: 1, digest: (await put(upload, 1, 'abcd')).digest }];
  const small = completeUpload(ports, LOCAL_OWNER, { ...place, upload, parts, limitBytes: 3 });
  await expect(small).rejects.toMatchObject({ code: 'too_large' });
  expect(await staged()).toBe(1);
  expect((await complete(upload, [parts[0]?.digest ?? ''])).sizeBytes).toBe(4);
  await abort(upload);
});

test('a completion beside an abort is decided once: the file is whole, or not there and said so', async () => {
  const { ports, begin, put, complete, abort } = await start();
  const fileThere = () => ports.catalog.file(place.owner, place.path);
  const outcomes = new Set<string>();
  for (const turns of [0, 1, 2, 4, 8, 16, 32, 64]) {
    await ports.writer
      .commit(commitOf([{ kind: 'delete-files', owner: place.owner, path: '' }]))
      .catch(() => {});
    const upload = await begin(1);
    const { digest } = await put(upload, 1, `whole ${turns}`);
    const completed = complete(upload, [digest]).catch((error: unknown) => error as Fault);
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    await abort(upload);
    const told = await completed;
    if (told instanceof Fault) {
      outcomes.add(told.code);
      expect(await fileThere()).toBeUndefined();
    } else {
      outcomes.add('whole');
      expect(await fileThere()).toMatchObject(told);
    }
  }
  expect([...outcomes].filter((outcome) => !['whole', 'not_found'].includes(outcome))).toEqual([]);
});

test('what a server settled and did not come to name is named by the next that is asked', async () => {
  const { ports, begin, put, complete } = await start();
  const upload = await begin(1);
  const { digest } = await put(upload, 1, 'whole');
  const failing = { ...ports, writer: { commit: () => Promise.reject(new Error('killed')) } };
  const ask = { ...place, upload, parts: [{ number: 1, digest }] };
  await expect(completeUpload(failing, LOCAL_OWNER, ask)).rejects.toThrow('killed');
  const blob = await complete(upload, [digest]);
  expect(await ports.catalog.file(place.owner, place.path)).toMatchObject(blob);
});

test('a completion that is asked for once more takes nothing back that was stored since', async () => {
  const { ports, begin, put, complete } = await start();
  const upload = await begin(1);
  const { digest } = await put(upload, 1, 'first');
  await complete(upload, [digest]);
  const later = await putFile(ports, LOCAL_OWNER, { ...place, bytes: bytes('later') });
  await complete(upload, [digest]);
  expect(await ports.catalog.file(place.owner, place.path)).toMatchObject(later);
});

test('the answer to a completion is kept for an hour', async () => {
  const { begin, put, complete, passHours } = await start();
  const upload = await begin(1);
  const { digest } = await put(upload, 1, 'x');
  const blob = await complete(upload, [digest]);
  passHours(0.9);
  expect(await complete(upload, [digest])).toEqual(blob);
  passHours(0.2);
  await expect(complete(upload, [digest])).rejects.toMatchObject({ code: 'not_found' });
});

test('a thousand uploads may be open, completed ones aside', async () => {
  const { begin, complete, abort } = await start(async () => memoryStore().uploads);
  const last = await begin(0);
  for (let at = 1; at < 1000; at += 1) await begin(0);
  await expect(begin(0)).rejects.toMatchObject({
    code: 'unavailable',
    details: { retryAfterSeconds: 30 },
  });
  await complete(last, []);
  const another = await begin(0);
  await expect(begin(0)).rejects.toMatchObject({ code: 'unavailable' });
  await abort(another);
  await begin(0);
});
