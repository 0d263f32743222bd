import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { storeMigrations } from '#storage/embedded/schema.ts';
import type { SqlValue } from '#storage/sql/connection.ts';
import { migrate } from '#storage/sql/migrations.ts';
import { postgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { PostgresConnection } from '#storage/sql/postgres/postgres-connection.ts';
import { UNHURRIED } from '#storage/sql/postgres/postgres-limits.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/**
 * Gives an empty database the schema of a fixture's time and its rows, as the program of that time would have left
 * them: the released migrations never change, and both dialects have the same tables and columns.
 */
export async function fillDatabase(url: string, fixture: string): Promise<void> {
  const source = openFixture(fixture);
  const target = await PostgresConnection.open(postgresAddress(url), UNHURRIED);
  try {
    const applied = appliedTo(source);
    const then = storeMigrations.filter(({ name }) => applied.includes(name));
    await migrate(target, then, { at: 0, backup: async () => undefined });
    for (const table of tablesOf(source)) {
      const rows = source.prepare(`SELECT * FROM ${table}`);
      rows.setReadBigInts(true);
      for (const row of rows.iterate()) {
        const columns = Object.keys(row);
        const places = columns.map(() => '?').join(', ');
        await target.query(
          `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
          Object.values(row).map(valueOf),
        );
      }
    }
  } finally {
    await target.close();
    source.close();
  }
}

/** Migrations that came after a fixture. */
export function pendingOf(fixture: string) {
  const source = openFixture(fixture);
  const applied = appliedTo(source);
  source.close();
  return storeMigrations.filter(({ name }) => !applied.includes(name));
}

function openFixture(fixture: string): DatabaseSync {
  // Immutable: a fixture is never touched, not even by the files that SQLite makes beside what it reads.
  const url = pathToFileURL(join(FIXTURES, fixture, 'cairn.db'));
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

function appliedTo(source: DatabaseSync): readonly string[] {
  return source
    .prepare('SELECT name FROM schema_migration')
    .all()
    .map((row) => String(row['name']));
}

/** In the order in which they were made: what others refer to comes first. */
function tablesOf(source: DatabaseSync): readonly string[] {
  return source
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migration'
        AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY rowid`,
    )
    .all()
    .map((row) => String(row['name']));
}

function valueOf(value: unknown): SqlValue {
  return typeof value === 'bigint' ? Number(value) : (value as SqlValue);
}
