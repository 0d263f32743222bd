import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Store } from '#core/tracking/ports/ports.ts';
import { freshFolder } from '#storage/care/testing/stores.ts';
import { COMPARED_AT } from '#storage/conformance/model-comparison.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { openPostgresStore } from '#storage/postgres/postgres-store.ts';
import { readStore } from '#tests/upgrade/read-store.ts';
import type { StorePlace } from '../store-place.ts';
import type { TransferProgress } from '../transfer-store.ts';

const PROGRAM = join(import.meta.dirname, 'transfer-program.ts');

/** A directory that is not there yet, in a folder that goes with the test. */
export async function freshDirectory(): Promise<string> {
  return join(await freshFolder(), 'data');
}

/** Opens a store as a server does. Heads are sealed early, so that there are segments beside the journal. */
export async function openAt(place: StorePlace): Promise<Store> {
  const options = { now: () => COMPARED_AT, series: { fullPoints: 1024 }, onFatal: fail };
  return place.kind === 'directory'
    ? openSqliteStore({ directory: place.directory, ...options })
    : openPostgresStore({ url: place.address.url, blobs: place.blobs, ...options });
}

/** What a reader sees in a store that is opened for it alone. */
export async function readAt<Seen>(place: StorePlace, read: (store: Store) => Promise<Seen>): Promise<Seen> {
  const store = await openAt(place);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** All that `fillStore` and more put there. Metrics of a run have no order, so here they get one. */
export async function contentOf(store: Store): Promise<unknown> {
  return sorted(await readStore(store));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    const arePairs = items.every((item) => Array.isArray(item) && typeof item[0] === 'string');
    return arePairs ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sorted(member)]));
}

/** Runs the program, which dies soon after so many steps, or within a stage. Gives the steps that it told and how it ended. */
export async function runTransfer(
  words: readonly string[],
  death: number | TransferProgress['stage'] | 'never' = 'never',
): Promise<{ readonly steps: readonly string[]; readonly end: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...words, String(death)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [told, complaint] = ['', ''];
  child.stderr.on('data', (part) => (complaint += String(part)));
  child.stdout.on('data', (part) => (told += String(part)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { steps: told.split('\n').slice(0, -1), end: signal ?? (code === 0 ? 'done' : complaint) };
}

function fail(error: unknown): void {
  throw error;
}
