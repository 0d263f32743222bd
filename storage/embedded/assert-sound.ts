// A damaged database is not served: rows of pages that still can be read would look like all there is.
import { statSync } from 'node:fs';
import { Fault } from '#core/domain/fault.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';

/** Every page is read, at a second or two a GiB from a slow disk: a larger file would keep a start waiting, and is `cairn doctor`'s. */
const CHECKED_BYTES = 2 * 2 ** 30;
/** SQLite's codes (sqlite.org/rescode.html): a page makes no sense, or the file's first one does not. */
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** SQLite's own quick check of every page of a file, if there is one, by a connection that writes nothing. @throws Fault `corrupt` with what to do. */
export async function assertSound(file: string): Promise<void> {
  const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (size === 0 || size > CHECKED_BYTES) return;
  const connection = SqliteConnection.openReader(file);
  try {
    const [row] = await connection.query<{ quick_check: string }>('PRAGMA quick_check(1)');
    if (row?.quick_check !== 'ok') throw damaged(file, row?.quick_check ?? 'it cannot be checked');
  } finally {
    connection.close();
  }
}

/** What an error of opening means: damage is told as such, anything else as it came. */
export function orDamaged(error: unknown, file: string): unknown {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  const isDamage = typeof code === 'number' && [CORRUPT, NOT_A_DATABASE].includes(code & 0xff);
  return isDamage ? damaged(file, (error as Error).message, error) : error;
}

function damaged(file: string, finding: string, cause?: unknown): Fault {
  const what = finding.replaceAll(/\s+/g, ' ').slice(0, 200);
  const message = `The database '${file}' is damaged (${what}). It is left as it is: restore a backup with \`cairn restore\`, or see with \`cairn doctor\` what is left.`;
  return new Fault('corrupt', message, { subject: 'store' }, cause);
}
