// Tables are read in the order of their primary key, a page of bounded bytes at a time: first the keys and sizes of the
// next rows, which neither database reads the rows' bytes for, then as many rows as fit.
import type { Connection, SqlValue } from '#storage/sql/connection.ts';
import type { TableShape } from './table-shape.ts';

/** Values in the order of the table's columns. */
export type Row = readonly SqlValue[];
/** Values of the primary key, in its order. */
export type Key = readonly SqlValue[];

export interface Page {
  readonly rows: readonly Row[];
  /** Of the last row. */
  readonly last: Key;
}

/** Room for one page in memory, several times over while it is on its way. */
export const PAGE_BYTES = 2 ** 22;
const MOST_ROWS = 2000;
/** What a row takes beside its texts and bytes, about. */
const ROW_BYTES = 200;

/** All rows after a key, or all. A row that is larger than a page is a page of its own. */
export async function* pagesOf(
  connection: Connection,
  table: TableShape,
  { after, pageBytes = PAGE_BYTES }: { readonly after?: Key | undefined; readonly pageBytes?: number } = {},
): AsyncGenerator<Page, void, undefined> {
  for (let from = after; ;) {
    const last = await lastOfPage(connection, table, { after: from, pageBytes });
    if (!last) return;
    yield { rows: await readRows(connection, table, { after: from, last }), last };
    from = last;
  }
}

async function lastOfPage(
  connection: Connection,
  table: TableShape,
  { after, pageBytes }: { readonly after: Key | undefined; readonly pageBytes: number },
): Promise<Key | undefined> {
  const sizes = table.columns
    .filter(({ holds }) => holds !== 'integer')
    .map(({ name }) => ` + coalesce(octet_length(${quoted(name)}), 0)`);
  const found = await connection.query<Record<string, SqlValue>>(
    `SELECT ${list(table.key)}, ${ROW_BYTES}${sizes.join('')} AS "row bytes" FROM ${quoted(table.name)}
      ${after ? `WHERE ${compared(table, '>')}` : ''} ORDER BY ${list(table.key)} LIMIT ${MOST_ROWS}`,
    after ?? [],
  );
  let bytes = 0;
  const over = found.findIndex((row) => (bytes += Number(row['row bytes'])) > pageBytes);
  const last = over === -1 ? found.at(-1) : found[Math.max(0, over - 1)];
  return last && table.key.map((name) => last[name] ?? null);
}

async function readRows(
  connection: Connection,
  table: TableShape,
  { after, last }: { readonly after: Key | undefined; readonly last: Key },
): Promise<readonly Row[]> {
  const names = table.columns.map(({ name }) => name);
  const bounds = after ? `${compared(table, '>')} AND ${compared(table, '<=')}` : compared(table, '<=');
  const found = await connection.query<Record<string, SqlValue>>(
    `SELECT ${list(names)} FROM ${quoted(table.name)} WHERE ${bounds} ORDER BY ${list(table.key)}`,
    [...(after ?? []), ...last],
  );
  return found.map((row) => names.map((name) => row[name] ?? null));
}

function compared({ key }: TableShape, operator: '>' | '<='): string {
  return `(${list(key)}) ${operator} (${key.map(() => '?').join(', ')})`;
}

export function list(names: readonly string[]): string {
  return names.map(quoted).join(', ');
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
