import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { NUMBERS, registerAtOnce } from '#storage/sql-store/testing/many-registrations.ts';
import { openPostgresStore } from './postgres-store.ts';
import { PostgresServer } from './testing/postgres-server.ts';

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test(
  '32 clients of two servers register versions of one model: numbers without a gap or a double',
  { timeout: 60_000 },
  async () => {
    const { url, release } = await server.freshDatabase();
    const blobs = await mkdtemp(join(tmpdir(), 'cairn-two-'));
    onTestFinished(() => rm(blobs, { recursive: true, force: true }));
    onTestFinished(release);
    const fail = (error: unknown): never => {
      throw error;
    };
    const open = () => openPostgresStore({ url, blobs, onFatal: fail });
    const stores = [await open(), await open()];
    onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
    expect(await registerAtOnce(stores)).toEqual(NUMBERS);
  },
);
