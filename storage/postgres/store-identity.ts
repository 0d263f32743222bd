import { Fault } from '#core/domain/fault.ts';
import type { Connection } from '#storage/sql/connection.ts';

/** The identity of the store in a database that has one. */
export async function identityOf(connection: Connection): Promise<string | undefined> {
  const [row] = await connection.query<{ id: string }>('SELECT id FROM store_identity');
  return row?.id;
}

/** Keeps an identity unless there is one, and gives the one that is kept. To be called by one process at a time. */
export async function makeIdentity(write: Connection, id: string): Promise<string> {
  await write.query(
    'CREATE TABLE IF NOT EXISTS store_identity (the INTEGER PRIMARY KEY CHECK (the = 1), id TEXT NOT NULL)',
  );
  await write.query('INSERT INTO store_identity (the, id) VALUES (1, ?) ON CONFLICT (the) DO NOTHING', [id]);
  const kept = await identityOf(write);
  if (kept === undefined) throw new Fault('corrupt', 'The database has lost the identity of its store.');
  return kept;
}
