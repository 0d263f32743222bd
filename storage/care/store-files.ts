import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#core/domain/fault.ts';
import { storeMigrations } from '#storage/embedded/schema.ts';

/** Where the parts of a data directory are. */
export interface StoreFiles {
  readonly directory: string;
  readonly database: string;
  /** The store's identity, `cairn-store.json`. */
  readonly id: string;
}

export const DATABASE = 'cairn.db';
export const MARKER = 'cairn-store.json';
const BUSY_TIMEOUT_MS = 10_000;

/** @throws Fault `not_found` when there is no store, `corrupt` when a part of it is gone. */
export function findStore(directory: string): StoreFiles {
  const database = join(directory, DATABASE);
  const marker = join(directory, MARKER);
  if (!existsSync(database)) {
    throw existsSync(marker)
      ? new Fault('corrupt', `The store in '${directory}' has lost its database '${DATABASE}'.`)
      : new Fault('not_found', `There is no store in '${directory}'.`, { subject: 'store' });
  }
  const id = existsSync(marker) ? idOf(readFileSync(marker, 'utf8')) : undefined;
  if (id === undefined) throw new Fault('corrupt', `'${marker}' does not say which store this is.`);
  return { directory, database, id };
}

/** A connection that changes nothing. The database may be in use by a server. */
export function openToRead(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  database.exec('PRAGMA query_only = ON');
  return database;
}

/** Names of the migrations that made its schema, in their order. @throws Fault `unsupported` for one that a newer program made. */
export function schemaOf(database: DatabaseSync): readonly string[] {
  const rows = database.prepare('SELECT name FROM schema_migration').all();
  const applied = new Set(rows.map((row) => String(row['name'])));
  const known = storeMigrations.map(({ name }) => name);
  const foreign = [...applied].filter((name) => !known.includes(name));
  if (foreign.length > 0) {
    throw new Fault('unsupported', `A newer version of Cairn wrote this (${foreign.join(', ')}).`);
  }
  return known.filter((name) => applied.has(name));
}

/** Entries of a folder that may not be there. */
export async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function idOf(text: string): string | undefined {
  try {
    const { store } = JSON.parse(text) as { store?: unknown };
    return typeof store === 'string' && store !== '' ? store : undefined;
  } catch {
    return undefined;
  }
}
