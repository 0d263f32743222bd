/** What a column holds. Integers stay within ±2^53; doubles that may be non-finite or −0 are 8-byte blobs. */
export type SqlValue = string | number | Uint8Array | null;

/** One connection to the store's database, whichever it is. Parameters are `?` in every dialect; Kysely's `$1` pass, too. */
export interface Connection {
  readonly dialect: 'sqlite' | 'postgres';
  /** Runs one statement. Rows of what returns none are empty. */
  query<Row extends object>(sql: string, params?: readonly SqlValue[]): Promise<readonly Row[]>;
  /**
   * Within a transaction, a statement whose rows nobody needs: it may travel together with the next ones, to save round
   * trips. Should it fail, so does what is awaited next, COMMIT at the latest. Absent where waiting costs nothing.
   */
  later?(sql: string, params?: readonly SqlValue[]): void;
}

/** Runs a statement whose rows nobody needs, within a transaction, without waiting for it where that saves time. */
export async function postpone(
  connection: Connection,
  sql: string,
  params: readonly SqlValue[] = [],
): Promise<void> {
  if (connection.later) connection.later(sql, params);
  else await connection.query(sql, params);
}

/** The same connection for statements that only write: none of them is waited for where that saves time. */
export function postponing(connection: Connection): Connection {
  return {
    dialect: connection.dialect,
    query: async (sql, params) => {
      await postpone(connection, sql, params);
      return [];
    },
  };
}
