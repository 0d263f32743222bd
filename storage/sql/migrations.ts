import { Fault } from '#core/domain/fault.ts';
import type { SqlValue } from './connection.ts';
import type { WriteConnection } from './participants.ts';

/** A step of the schema's life. Append-only: a released migration never changes and never goes. */
export interface Migration {
  readonly name: string;
  /** Statements in each dialect; they run in one transaction together with the row that says so. */
  readonly sqlite: readonly string[];
  readonly postgres: readonly string[];
}

/** A migration whose texts differ between the dialects only in the names of types and of byte-wise collation. */
export function migration(
  name: string,
  statements: (types: {
    readonly integer: string;
    readonly blob: string;
    readonly text: string;
  }) => readonly string[],
): Migration {
  return {
    name,
    sqlite: statements({ integer: 'INTEGER', blob: 'BLOB', text: 'TEXT' }),
    postgres: statements({ integer: 'BIGINT', blob: 'BYTEA', text: 'TEXT COLLATE "C"' }),
  };
}

/**
 * Stands among the names of migrations while a store is being moved into the database, so that no program opens half of
 * one: those that do not know it take it for a newer program's.
 */
export const HALF_MOVED = 'transfer-unfinished';

export interface MigrateOptions {
  /** Milliseconds UTC, kept with each migration. */
  readonly at: number;
  /** Makes a verified copy of a store that has data, before its schema changes. */
  readonly backup: (beforeMigration: string) => Promise<void>;
}

/**
 * Brings the schema to the last of `migrations`. An interruption leaves it between two of them, and the next start
 * goes on.
 * @throws Fault `unsupported` when the store was written by a newer program, `conflict` when it is half moved here.
 */
export async function migrate(
  write: WriteConnection,
  migrations: readonly Migration[],
  { at, backup }: MigrateOptions,
): Promise<void> {
  await write.execute(
    'CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)',
  );
  const rows = await write.query<{ name: string }>('SELECT name FROM schema_migration');
  const applied = new Set(rows.map((row) => row.name));
  if (applied.has(HALF_MOVED)) {
    throw new Fault(
      'conflict',
      "This store is not whole: 'cairn migrate' into it has not finished. Run the same command again; it goes on where it stopped.",
    );
  }
  const known = new Set(migrations.map(({ name }) => name));
  const foreign = [...applied].filter((name) => !known.has(name));
  if (foreign.length > 0) {
    throw new Fault(
      'unsupported',
      `The store was written by a newer version of Cairn (its schema has '${foreign.join("', '")}'). Start that version, or restore the backup that it took before it changed the schema.`,
    );
  }
  const pending = migrations.filter(({ name }) => !applied.has(name));
  const [first] = pending;
  if (first && applied.size > 0) await backup(first.name);
  for (const step of pending) await applyMigration(write, step, at);
}

async function applyMigration(write: WriteConnection, step: Migration, at: number): Promise<void> {
  const row: SqlValue[] = [step.name, at];
  await write.execute(write.begin);
  try {
    for (const statement of step[write.dialect]) await write.execute(statement);
    await write.query('INSERT INTO schema_migration (name, applied_at) VALUES (?, ?)', row);
    await write.execute('COMMIT');
  } catch (error) {
    await write.execute('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
