import { DatabaseError } from 'pg';
import { Fault } from '#core/domain/fault.ts';
import type { Failure } from '../participants.ts';

/** The connection ended or could not be made, and nothing of the open transaction is stored. */
export class ConnectionLost extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ConnectionLost';
  }
}

/** The connection ended within a COMMIT, and the store closed before it could be asked what became of it. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('The connection ended within a COMMIT; whether it was made is unknown.', { cause });
    this.name = 'OutcomeUnknown';
  }
}

// Codes and classes of errors: postgresql.org/docs/current/errcodes-appendix.html
const DISK_FULL = '53100';
const BUSY_CODES: ReadonlySet<string> = new Set([
  // The server became a standby: another one writes now.
  '25006',
  // This server was silent for too long within a transaction.
  '25P03',
  '55006',
  '55P03',
  '57014',
  '58030',
]);
/** Connections, rolled back by the database, resources, the operator. */
const BUSY_CLASSES: ReadonlySet<string> = new Set(['08', '40', '53', '57']);
/** Who says 'cached plan must not change result type'; its code (0A000) and words are also others'. */
const OUTGROWN_PLAN = 'RevalidateCachedQuery';
const ENDING: ReadonlySet<string | undefined> = new Set(['FATAL', 'PANIC']);

/**
 * What an error of PostgreSQL means for the store. A failed fsync is not among them: the database itself then stops
 * and recovers from its log, which is a lost connection here.
 */
export function postgresFailure(error: unknown): Failure {
  if (error instanceof OutcomeUnknown) return 'fatal';
  if (isConnectionEnd(error)) return 'busy';
  if (!(error instanceof DatabaseError)) return 'other';
  const { code = '' } = error;
  if (code === DISK_FULL) return 'full';
  return BUSY_CODES.has(code) || BUSY_CLASSES.has(code.slice(0, 2)) ? 'busy' : 'other';
}

/**
 * Whether the connection is gone or of no use any more: whatever was asked on it has no answer. The latter when a newer
 * server added to a table whose rows a prepared statement gives: it then fails for as long as its connection lives.
 */
export function isConnectionEnd(error: unknown): boolean {
  if (error instanceof ConnectionLost) return true;
  if (!(error instanceof DatabaseError)) return false;
  return ENDING.has(error.severity) || error.routine === OUTGROWN_PLAN;
}

/** Whether a statement was refused only because one before it in the same transaction failed. */
export function isAborted(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25P02';
}

/** Whether the database answered, on a connection that goes on. Faults are thrown where an answer is read. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Fault || (error instanceof DatabaseError && !isConnectionEnd(error));
}
