import type { WriteConnection } from '#storage/sql/participants.ts';

/** Durable when it resolves; nothing of it is there when it rejects, unless the connection ended within COMMIT. */
export async function inTransaction(connection: WriteConnection, work: () => Promise<void>): Promise<void> {
  await connection.execute(connection.begin);
  try {
    await work();
    await connection.execute('COMMIT');
  } catch (error) {
    // A connection that is gone has rolled back by itself.
    await connection.execute('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
