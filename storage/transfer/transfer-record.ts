// What the target knows about a transfer into it, in the target's own database so that rows and progress are one
// transaction: which store it is from, how far each table is, and the mark that keeps servers from opening it.
import { Fault } from '#core/domain/fault.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { HALF_MOVED } from '#storage/sql/migrations.ts';
import type { WriteConnection } from '#storage/sql/participants.ts';
import type { Key } from './row-pages.ts';
import { inTransaction } from './transaction.ts';

/** The store that is moved, as it was when that began. */
export interface Origin {
  readonly store: string;
  /** Its last commit. */
  readonly sequence: number;
}

export interface TableProgress {
  readonly rows: number;
  /** Key of the last row that was copied. */
  readonly last: Key | undefined;
}

export const NOT_BEGUN: TableProgress = { rows: 0, last: undefined };

/** Marks the target as half moved. */
export async function beginRecord(target: WriteConnection, origin: Origin, at: number): Promise<void> {
  await inTransaction(target, async () => {
    await target.execute('CREATE TABLE transfer_origin (store TEXT PRIMARY KEY, sequence BIGINT NOT NULL)');
    await target.execute(
      'CREATE TABLE transfer_progress (name TEXT PRIMARY KEY, copied BIGINT NOT NULL, last TEXT NOT NULL)',
    );
    await target.query('INSERT INTO transfer_origin (store, sequence) VALUES (?, ?)', [
      origin.store,
      origin.sequence,
    ]);
    await target.query('INSERT INTO schema_migration (name, applied_at) VALUES (?, ?)', [HALF_MOVED, at]);
  });
}

/** Of a target that is half moved. @throws Fault `corrupt` when it does not say from where. */
export async function readOrigin(target: Connection): Promise<Origin> {
  const [row] = await target.query<{ store: string; sequence: number }>(
    'SELECT store, sequence FROM transfer_origin',
  );
  if (row) return row;
  throw new Fault('corrupt', 'The target does not say which store was being moved into it.');
}

/** How far each table is; one that is not there has not begun. */
export async function readProgress(target: Connection): Promise<ReadonlyMap<string, TableProgress>> {
  const rows = await target.query<{ name: string; copied: number; last: string }>(
    'SELECT name, copied, last FROM transfer_progress',
  );
  return new Map(
    rows.map(({ name, copied, last }) => [name, { rows: copied, last: JSON.parse(last) as Key }]),
  );
}

/** Within the transaction that inserts the rows. */
export async function keepProgress(
  target: Connection,
  table: string,
  { rows, last }: TableProgress,
): Promise<void> {
  await target.query(
    `INSERT INTO transfer_progress (name, copied, last) VALUES (?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET copied = excluded.copied, last = excluded.last`,
    [table, rows, JSON.stringify(last)],
  );
}

/** The target is whole: servers may open it, and nothing tells that it was moved. */
export async function endRecord(target: WriteConnection): Promise<void> {
  await inTransaction(target, async () => {
    await target.execute('DROP TABLE transfer_progress');
    await target.execute('DROP TABLE transfer_origin');
    await target.query('DELETE FROM schema_migration WHERE name = ?', [HALF_MOVED]);
  });
}
