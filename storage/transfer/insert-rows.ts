import type { Connection } from '#storage/sql/connection.ts';
import { list, quoted, type Row } from './row-pages.ts';
import type { TableShape } from './table-shape.ts';

/** Rows of one statement. With powers of two there are few texts to prepare; 256 × 100 columns stay below 32,766 parameters. */
const MOST_ROWS = 256;

/** Inserts rows, in few statements. */
export async function insertRows(
  connection: Connection,
  table: TableShape,
  rows: readonly Row[],
): Promise<void> {
  const columns = list(table.columns.map(({ name }) => name));
  const row = `(${table.columns.map(() => '?').join(', ')})`;
  for (let from = 0; from < rows.length;) {
    const count = Math.min(MOST_ROWS, 2 ** Math.floor(Math.log2(rows.length - from)));
    await connection.query(
      `INSERT INTO ${quoted(table.name)} (${columns}) VALUES ${Array.from({ length: count }, () => row).join(', ')}`,
      rows.slice(from, from + count).flat(),
    );
    from += count;
  }
}
