import { Fault } from '#core/domain/fault.ts';
import { insertRows } from './insert-rows.ts';
import { pagesOf, PAGE_BYTES } from './row-pages.ts';
import type { Side } from './sides/side.ts';
import type { TableShape } from './table-shape.ts';
import { inTransaction } from './transaction.ts';
import { keepProgress, type TableProgress } from './transfer-record.ts';

export interface CopyTable {
  readonly source: Side;
  readonly target: Side;
  /** Bytes of one transaction, about. */
  readonly pageBytes?: number | undefined;
  /** How far earlier runs came. */
  readonly before: TableProgress;
  /** Hears how many more rows are durable. */
  readonly onRows: (count: number) => void;
}

/**
 * Copies the rows that are not copied yet. Each page is one transaction together with how far the table is, so a run
 * that is killed anywhere is gone on with.
 * @throws Fault `corrupt` for a row that the target does not take.
 */
export async function copyTable(table: TableShape, ask: CopyTable): Promise<void> {
  const { source, target, before, pageBytes = PAGE_BYTES, onRows } = ask;
  let copied = before.rows;
  for await (const { rows, last } of pagesOf(source.connection, table, { after: before.last, pageBytes })) {
    copied += rows.length;
    await inTransaction(target.connection, async () => {
      await insertRows(target.connection, table, rows).catch((error: unknown) => {
        throw target.connection.failureOf(error) === 'other' ? refused(table, target, error) : error;
      });
      await keepProgress(target.connection, table.name, { rows: copied, last });
    });
    onRows(rows.length);
  }
}

/** The database's word names a column or type, never a value of the row. */
function refused({ name }: TableShape, { shown }: Side, error: unknown): Fault {
  const why = error instanceof Error ? error.message : String(error);
  const message = `A row of '${name}' cannot be kept by ${shown}: ${why}. 'cairn doctor' looks for what is wrong.`;
  return new Fault('corrupt', message, {}, error);
}
