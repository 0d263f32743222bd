import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStore } from '#tests/upgrade/read-store.ts';
import { readManifest } from './backup-manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import { takeBackup } from './take-backup.ts';
import { addFiles, filledStore, freshFolder, openStore, runCare, sql } from '../testing/stores.ts';
import { verifyBackup } from './verify-backup.ts';

const SLOW = { timeout: 120_000 };

test('a backup restores to a store in which everything is equal', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const { manifest, copiedBlobs } = await takeBackup({ data, to: join(folder, 'backup') });
  expect(manifest.counts).toMatchObject({ projects: 3, runs: 3, models: 1, files: 4 });
  expect([copiedBlobs, manifest.blobs.count, manifest.damagedBlobs]).toEqual([2, 2, []]);
  expect(await verifyBackup(join(folder, 'backup'))).toEqual(manifest);
  await restoreBackup({ from: join(folder, 'backup'), data: join(folder, 'restored') });
  expect(await contentOf(join(folder, 'restored'))).toEqual(await contentOf(data));
  expect(await readdir(folder)).toEqual(['backup', 'data', 'restored']);
});

test('a backup of a store that is written to meanwhile holds every commit up to one moment', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const store = await openStore(data);
  const writer = { isWriting: true };
  const writing = (async () => {
    for (let i = 0; writer.isWriting; i += 1) await addFiles(store, `while-${i}`, 1);
  })();
  await addFiles(store, 'before', 3);
  const outcome = await runCare(['backup', data, join(folder, 'backup')]);
  writer.isWriting = false;
  await writing;
  await store.close();
  expect(outcome).toBe('done');
  const { sequence } = await verifyBackup(join(folder, 'backup'));
  await restoreBackup({ from: join(folder, 'backup'), data: join(folder, 'restored') });
  const restored = await openStore(join(folder, 'restored'));
  const files = await restored.catalog.files({ kind: 'loose' }, '');
  const seen = files
    .filter(({ path }) => path.startsWith('while-'))
    .map(({ path }) => Number(path.slice(6, -2)));
  expect(restored.feed.latest()).toBe(sequence);
  // One commit a file: none is missing below the last.
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from(seen, (_, i) => i));
  await restored.close();
});

test('a second backup into the same folder copies what is new and drops what nothing names', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const to = join(folder, 'backup');
  await takeBackup({ data, to, now: () => 1000 });
  const store = await openStore(data);
  await addFiles(store, 'new', 2);
  await store.close();
  expect(await takeBackup({ data, to, now: () => 2000 })).toMatchObject({ copiedBlobs: 2 });
  expect(await takeBackup({ data, to, now: () => 3000 })).toMatchObject({ copiedBlobs: 0, copiedBytes: 0 });
  const names = (await readdir(to)).filter((name) => name.endsWith('.db'));
  expect(names).toEqual(['LOCK.db', 'cairn-1970-01-01T00-00-03-000Z.db']);
  sql(join(data, 'cairn.db'), "DELETE FROM tree_file WHERE path LIKE 'new/%'");
  expect((await takeBackup({ data, to })).manifest.blobs.count).toBe(2);
  expect((await verifyBackup(to)).blobs.count).toBe(2);
  expect(await blobsIn(to)).toHaveLength(2);
});

test('with links a backup takes no space for blobs, and is verified like any other', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  await takeBackup({ data, to: join(folder, 'backup'), link: true });
  await verifyBackup(join(folder, 'backup'));
  const [blob = ''] = await blobsIn(data);
  expect((await stat(join(folder, 'backup', 'blobs', blob.slice(0, 2), blob))).nlink).toBe(2);
});

test('a blob that is damaged in the store is told, and keeps nothing else from being saved', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const [blob = ''] = await blobsIn(data);
  await writeFile(join(data, 'blobs', blob.slice(0, 2), blob), 'x'.repeat(8));
  const { manifest } = await takeBackup({ data, to: join(folder, 'backup') });
  expect(manifest).toMatchObject({ damagedBlobs: [blob], blobs: { count: 2 } });
  await verifyBackup(join(folder, 'backup'));
  await restoreBackup({ from: join(folder, 'backup'), data: join(folder, 'restored') });
  expect(await blobsIn(join(folder, 'restored'))).toHaveLength(1);
});

test('whatever byte of a backup is changed or lost, it is no longer taken for one', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const to = join(folder, 'backup');
  const { manifest } = await takeBackup({ data, to });
  const [blob = ''] = await blobsIn(to);
  const files = ['cairn-backup.json', manifest.database.file, join('blobs', blob.slice(0, 2), blob)];
  for (const file of files) {
    const path = join(to, file);
    const whole = await readFile(path);
    const middle = Math.floor(whole.length / 2);
    for (const broken of [flipped(whole, middle), whole.subarray(0, middle)]) {
      await writeFile(path, broken);
      await expect(verifyBackup(to)).rejects.toMatchObject({ code: 'corrupt' });
      await expect(restoreBackup({ from: to, data: join(folder, 'no') })).rejects.toMatchObject({
        code: 'corrupt',
      });
    }
    await rm(path);
    await expect(verifyBackup(to)).rejects.toThrow(/missing|no finished backup/);
    await writeFile(path, whole);
  }
  expect(await verifyBackup(to)).toEqual(manifest);
});

test('a folder of other files, of another store, or without a store is refused', async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const other = await filledStore(join(folder, 'other'));
  const to = join(folder, 'backup');
  await expect(takeBackup({ data, to: other })).rejects.toMatchObject({ code: 'conflict' });
  await takeBackup({ data, to });
  await expect(takeBackup({ data: other, to })).rejects.toThrow(/another store/);
  await expect(takeBackup({ data: join(folder, 'nothing'), to })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(restoreBackup({ from: to, data: other })).rejects.toThrow(/not empty/);
  await expect(restoreBackup({ from: folder, data: join(folder, 'x') })).rejects.toThrow(
    /no finished backup/,
  );
  expect(await readdir(folder)).toEqual(['backup', 'data', 'other']);
});

test('a backup killed at any point leaves the earlier one whole, and the next succeeds', SLOW, async () => {
  const folder = await freshFolder();
  const data = await filledStore(join(folder, 'data'));
  const to = join(folder, 'backup');
  const first = ['database', 'blobs:1', 'blobs:2', 'manifest'];
  for (const death of first) {
    expect(await runCare(['backup', data, to, death])).toBe('SIGKILL');
    await expect(verifyBackup(to)).rejects.toMatchObject({ code: 'not_found' });
    await expect(restoreBackup({ from: to, data: join(folder, 'no') })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  const { manifest } = await takeBackup({ data, to });
  const store = await openStore(data);
  await addFiles(store, 'later', 4);
  await store.close();
  for (const death of ['database', 'blobs:1', 'blobs:3', 'manifest']) {
    expect(await runCare(['backup', data, to, death])).toBe('SIGKILL');
    expect(await verifyBackup(to)).toEqual(manifest);
  }
  for (const death of ['prune', 'done']) {
    expect(await runCare(['backup', data, to, death])).toBe('SIGKILL');
    expect((await verifyBackup(to)).sequence).toBe(manifest.sequence + 4);
  }
  for (let told = 1; told <= 6; told += 1) {
    await runCare(['backup', data, to], told);
    expect((await verifyBackup(to)).blobs.count).toBe(6);
  }
  await takeBackup({ data, to });
  expect((await readdir(to)).filter((name) => name.includes('.db')).length).toBe(2);
});

test(
  'a restore killed at any point leaves a store that is whole or none, and the next succeeds',
  SLOW,
  async () => {
    const folder = await freshFolder();
    const data = await filledStore(join(folder, 'data'));
    const from = join(folder, 'backup');
    const target = join(folder, 'target');
    await takeBackup({ data, to: from });
    for (const death of ['verify', 'database', 'blobs:1', 'blobs:2', 'publish']) {
      expect(await runCare(['restore', from, target, death])).toBe('SIGKILL');
      const found = await readdir(folder);
      expect(found).not.toContain('target');
      if (found.includes('target.restoring')) {
        await expect(openStore(join(folder, 'target.restoring'))).rejects.toMatchObject({ code: 'corrupt' });
      }
    }
    expect(await runCare(['restore', from, target, 'done'])).toBe('SIGKILL');
    expect(await contentOf(target)).toEqual(await contentOf(data));
    await rm(target, { recursive: true });
    expect(await runCare(['restore', from, target, 'blobs:1'])).toBe('SIGKILL');
    expect(await runCare(['restore', from, target])).toBe('done');
    expect(await contentOf(target)).toEqual(await contentOf(data));
    expect(await readdir(folder)).toEqual(['backup', 'data', 'target']);
    expect(readManifest(from)).toBeDefined();
  },
);

async function contentOf(directory: string): Promise<unknown> {
  const store = await openStore(directory);
  try {
    return { id: store.id, content: await readStore(store) };
  } finally {
    await store.close();
  }
}

async function blobsIn(directory: string): Promise<string[]> {
  const names = await readdir(join(directory, 'blobs'), { recursive: true });
  return names.filter((name) => name.length > 64).map((name) => name.slice(3));
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, (bytes[at] as number) ^ 0x10);
}
