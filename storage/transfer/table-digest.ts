// SHA-256 of a table's rows in the order of their key. Bytes of a row: each column in the order of the declaration as
// one byte for its kind (0 null, 1 number, 2 text, 3 bytes), then for a number its float64 (exact to 2^53), for a
// text in UTF-8 or bytes their length in a uint32 and they themselves; integers little-endian.
import { createHash } from 'node:crypto';
import type { Connection, SqlValue } from '#storage/sql/connection.ts';
import { pagesOf } from './row-pages.ts';
import type { TableShape } from './table-shape.ts';

export interface TableDigest {
  readonly rows: number;
  /** Hexadecimal digits. */
  readonly sha256: string;
}

/** Reads a whole table, a page at a time. `onRows` hears how many rows each page had. */
export async function digestTable(
  connection: Connection,
  table: TableShape,
  onRows: (count: number) => void = () => undefined,
): Promise<TableDigest> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const { rows } of pagesOf(connection, table)) {
    for (const row of rows) for (const value of row) for (const part of bytesOf(value)) hash.update(part);
    count += rows.length;
    onRows(rows.length);
  }
  return { rows: count, sha256: hash.digest('hex') };
}

const NULL = Uint8Array.of(0);

function bytesOf(value: SqlValue): readonly Uint8Array[] {
  if (value === null) return [NULL];
  if (typeof value === 'number') {
    const bytes = new DataView(new ArrayBuffer(9));
    bytes.setUint8(0, 1);
    bytes.setFloat64(1, value, true);
    return [new Uint8Array(bytes.buffer)];
  }
  const isText = typeof value === 'string';
  const content = isText ? Buffer.from(value) : value;
  const head = new DataView(new ArrayBuffer(5));
  head.setUint8(0, isText ? 2 : 3);
  head.setUint32(1, content.byteLength, true);
  return [new Uint8Array(head.buffer), content];
}
