/** Tables of either database that a transfer leaves alone, and why. Every other table is moved. */
export const KEPT_APART: ReadonlyMap<string, string> = new Map([
  ['schema_migration', 'says what made the tables of its own database; both sides must be at the same'],
  ['commit_log', 'news for the processes that have this database open, and none has'],
  ['commit_log_end', 'positions in that log'],
  ['store_identity', 'PostgreSQL alone: it is beside the database in a data directory, and given at the end'],
  ['store_writer', 'PostgreSQL alone: what the connections of its servers last committed'],
  ['transfer_origin', 'this transfer’s own'],
  ['transfer_progress', 'this transfer’s own'],
]);
