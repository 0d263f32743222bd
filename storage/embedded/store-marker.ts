import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';

const FILE = 'cairn-store.json';

/** The store's identity, made with it. A directory that lost its database is thereby told from a new one. */
export interface StoreMarker {
  readonly store: string;
}

/**
 * To be asked before the database is opened, which would make an empty one.
 * @throws Fault `corrupt` when there is a marker without a database: an empty store would hide that data is gone.
 */
export function assertNotLost(directory: string, databaseFile: string): void {
  if (!existsSync(join(directory, FILE)) || existsSync(databaseFile)) return;
  throw new Fault(
    'corrupt',
    `The data directory has lost its database '${databaseFile}'. Restore it from a backup, or remove '${FILE}' to start empty.`,
  );
}

/** Reads the marker, or makes it once the database is there and durable; `store` is the identity of one that moved here. */
export function markStore(directory: string, store: string = randomUUID()): StoreMarker {
  const file = join(directory, FILE);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as StoreMarker;
  const marker: StoreMarker = { store };
  syncFolder(directory);
  writeFileSync(file, `${JSON.stringify(marker)}\n`, { mode: 0o600, flush: true });
  syncFolder(directory);
  return marker;
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
