import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Store } from '#core/tracking/ports/ports.ts';
import { COMPARED_AT, modelComparison } from '#storage/conformance/model-comparison.ts';
import { searchComparison } from '#storage/conformance/search-comparison.ts';
import { storeSuite } from '#storage/conformance/store-suite.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import type { SeriesOptions } from '#storage/series/series-engine.ts';
import { openPostgresStore } from './postgres-store.ts';
import { PostgresServer } from './testing/postgres-server.ts';

const ALWAYS_SEALING: SeriesOptions = { headBytes: 0, journalBytes: 0, fullPoints: 1 };

/** Fewer than for SQLite alone: every statement is a round trip. */
const CASES = 40;

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

storeSuite('postgres', () => freshStore());
modelComparison('PostgreSQL and SQLite', [() => freshStore(), () => freshSqliteStore()], CASES);
// Every group is followed by sealing, so that reads merge segments with what came after them.
modelComparison(
  'PostgreSQL and SQLite, always sealing',
  [() => freshStore(ALWAYS_SEALING), () => freshSqliteStore(ALWAYS_SEALING)],
  CASES,
);

searchComparison('PostgreSQL', () => freshStore(), 20);

async function freshStore(series: SeriesOptions = {}): Promise<Store> {
  const database = await server.freshDatabase();
  const blobs = await freshFolder();
  return closedAtLatest(
    await openPostgresStore({ url: database.url, blobs, series, now: () => COMPARED_AT, onFatal: fail }),
    database.release,
  );
}

async function freshSqliteStore(series: SeriesOptions = {}): Promise<Store> {
  const directory = await freshFolder();
  return closedAtLatest(await openSqliteStore({ directory, series, now: () => COMPARED_AT, onFatal: fail }));
}

/** Closed by the test, or after it when it failed before that. */
function closedAtLatest(store: Store, afterwards: () => void = () => undefined): Store {
  onTestFinished(() => store.close());
  const close = async (): Promise<void> => {
    await store.close();
    afterwards();
  };
  return { ...store, close };
}

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function fail(error: unknown): void {
  throw error;
}
