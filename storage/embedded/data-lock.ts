// One process per data directory. The lock is SQLite's own on LOCK.db: the kernel frees it when the process dies in
// whatever way, so that nothing is ever stale. LOCK.json beside it only says who holds it, for the message.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#core/domain/fault.ts';

export interface DataLock {
  /** Says under which address the store is served, once that is known. */
  announce(origin: string): void;
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly origin?: string;
}

const BUSY = 5;

/** @throws Fault `conflict` naming the holder when another process has the directory. */
export function lockData(directory: string): DataLock {
  const holderFile = join(directory, 'LOCK.json');
  const database = new DatabaseSync(join(directory, 'LOCK.db'), { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new Fault('conflict', heldBy(readHolder(holderFile)), { reason: 'exists' }, error);
  }
  const tell = (holder: Holder) => writeFileSync(holderFile, JSON.stringify(holder));
  tell({ pid: process.pid });
  return {
    announce: (origin) => tell({ pid: process.pid, origin }),
    release: () => {
      try {
        rmSync(holderFile, { force: true });
      } catch {
        // A disk that became read-only keeps it; the lock itself is freed all the same.
      }
      database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' && (code & 0xff) === BUSY;
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    // It is being written, or was removed by hand.
    return undefined;
  }
}

function heldBy(holder: Holder | undefined): string {
  if (!holder) return 'This data directory is already served by another process.';
  const where = holder.origin === undefined ? '' : ` (${holder.origin})`;
  return `This data directory is already served by process ${holder.pid}${where}.`;
}
