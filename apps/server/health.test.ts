import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clock, disk, healthOf, writeAheadLog } from './health.ts';

const directory = mkdtempSync(join(tmpdir(), 'cairn-health-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('files are counted and measured, and the disk is asked', async () => {
  mkdirSync(join(directory, 'blobs', 'aa'), { recursive: true });
  writeFileSync(join(directory, 'blobs', 'aa', 'one'), 'abc');
  writeFileSync(join(directory, 'blobs', 'aa', 'two'), 'defgh');
  writeFileSync(join(directory, 'cairn.db'), Buffer.alloc(4096));
  writeFileSync(join(directory, 'cairn.db-wal'), Buffer.alloc(100));
  const health = await healthOf({ database: 'sqlite', directory }, () => true)();
  expect(health.storage).toMatchObject({ databaseBytes: 4196, blobs: 2, blobBytes: 8 });
  expect(health.storage.freeBytes).toBeGreaterThan(0);
  expect(health.memoryBytes).toBeGreaterThan(10_000_000);
  expect(health.checks.map(({ name }) => name)).toEqual(['writes', 'disk', 'write-ahead log', 'clock']);
});

test('a database elsewhere is asked for its size, unless it is away', async () => {
  const store = { database: 'postgres', directory, databaseBytes: async () => 12_345 } as const;
  const away = async (): Promise<number> => Promise.reject(new Error('away'));
  expect((await healthOf(store, () => true)()).storage.databaseBytes).toBe(12_345);
  expect((await healthOf(store, () => false)()).storage.databaseBytes).toBe(0);
  const gone = { ...store, databaseBytes: away };
  expect((await healthOf(gone, () => true)()).storage.databaseBytes).toBe(0);
});

test('a store in memory has no disk, and one that takes no writes fails', async () => {
  const health = await healthOf({ database: 'memory' }, () => false)();
  expect(health.storage).toEqual({ databaseBytes: 0, blobs: 0, blobBytes: 0 });
  expect(health.checks[0]).toMatchObject({ name: 'writes', status: 'failing' });
});

test.each([
  [disk(100e9), 'ok'],
  [disk(4e9), 'warning'],
  [disk(100e6), 'failing'],
  [writeAheadLog(4e6), 'ok'],
  [writeAheadLog(2e9), 'warning'],
  [clock(Date.UTC(2026, 5, 1)), 'ok'],
  [clock(0), 'failing'],
])('%j', (check, status) => {
  expect(check.status).toBe(status);
});
