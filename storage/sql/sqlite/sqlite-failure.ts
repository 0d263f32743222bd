import type { Failure } from '../participants.ts';

// Primary result codes of SQLite (sqlite.org/rescode.html); the low byte of an extended one.
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** IO_ERROR | 3 << 8: a write failed before anything was committed. A failed fsync has a code of its own. */
const FAILED_WRITE = 778;

const FAILURES: ReadonlyMap<number, Failure> = new Map([
  [BUSY, 'busy'],
  [LOCKED, 'busy'],
  // Refused before anything was written: the disk became read-only, or the log cannot be made.
  [READ_ONLY, 'full'],
  [CANNOT_OPEN, 'full'],
  [FULL, 'full'],
  [IO_ERROR, 'fatal'],
  [CORRUPT, 'fatal'],
  [NOT_A_DATABASE, 'fatal'],
]);

/** Whether a write failed, rather than an fsync or a read. */
export function isFailedWrite(error: unknown): boolean {
  return (error as { errcode?: unknown } | null)?.errcode === FAILED_WRITE;
}

/** What an error of `node:sqlite` means for the store. */
export function sqliteFailure(error: unknown): Failure {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return (typeof code === 'number' && FAILURES.get(code & 0xff)) || 'other';
}

/** What is thrown when another file, or none, has the name of a database that is open. */
export function lostDatabase(file: string): Error {
  const message = `The database file ${file} was moved or removed while it was open.`;
  return Object.assign(new Error(message), { errcode: IO_ERROR });
}
