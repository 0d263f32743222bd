/** What a column holds. Integers stay within ±2^53; doubles that may be non-finite or −0 are 8-byte blobs. */
export type SqlValue = string | number | Uint8Array | null;

/** One connection to the store's database, whichever it is. Parameters are `?` in every dialect; Kysely's `$1` pass, too. */
export interface Connection {
  readonly dialect: 'sqlite' | 'postgres';
  /** Runs one statement. Rows of what returns none are empty. */
  query<Row extends object>(sql: string, params?: readonly SqlValue[]): Promise<readonly Row[]>;
}
