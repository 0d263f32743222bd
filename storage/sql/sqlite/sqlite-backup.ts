import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#core/domain/fault.ts';

/**
 * A consistent, checked and durable copy of a database in a file of its own. Blocks the thread while SQLite copies.
 * @throws Fault `corrupt` when the copy does not pass SQLite's own check: the original is then damaged.
 */
export async function backUpSqlite(file: string, copy: string): Promise<void> {
  const unfinished = `${copy}.tmp`;
  await rm(unfinished, { force: true });
  const database = new DatabaseSync(file);
  try {
    database.prepare('VACUUM INTO ?').run(unfinished);
  } finally {
    database.close();
  }
  assertSoundSqlite(unfinished);
  await sync(unfinished);
  await rename(unfinished, copy);
  await sync(dirname(copy));
}

/** SQLite's own check of every page. @throws Fault `corrupt` with its first finding. */
export function assertSoundSqlite(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare('PRAGMA integrity_check').all();
    const verdict = rows[0]?.['integrity_check'];
    if (rows.length !== 1 || verdict !== 'ok') {
      throw new Fault('corrupt', `The database is damaged: ${String(verdict)}`);
    }
  } finally {
    database.close();
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
