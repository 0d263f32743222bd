import { Fault } from '#core/domain/fault.ts';
import { storeMigrations } from '#storage/embedded/schema.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { HALF_MOVED, migrate } from '#storage/sql/migrations.ts';
import { KEPT_APART } from './kept-apart.ts';
import { quoted } from './row-pages.ts';
import type { Side } from './sides/side.ts';
import { tableNames } from './table-shape.ts';
import { beginRecord, readOrigin, type Origin } from './transfer-record.ts';

/**
 * Makes sure that the source is whole and of this version's schema, and says what it is.
 * @throws Fault `not_found`, `conflict` (half moved, or older), `unsupported` (newer).
 */
export async function readSource(source: Side): Promise<Origin> {
  const { connection, shown } = source;
  const nothing = new Fault('not_found', `There is no store in ${shown}.`, { subject: 'store' });
  if (!(await tableNames(connection)).includes('schema_migration')) throw nothing;
  await assertCurrent(source);
  const store = await source.identity();
  if (store === undefined) throw nothing;
  const [row] = await connection.query<{ value: number }>(
    "SELECT value FROM counter WHERE name = 'sequence'",
  );
  return { store, sequence: row?.value ?? 0 };
}

/**
 * Makes an empty target ready, or finds the one that an earlier run of the same transfer left; servers cannot open it
 * from now on. True when an earlier run is gone on with.
 * @throws Fault `conflict` for a target with anything else in it, and when the source has changed since then.
 */
export async function prepareTarget(target: Side, origin: Origin, at: number): Promise<boolean> {
  const { connection, shown } = target;
  const names = await tableNames(connection);
  if (names.includes('schema_migration') && (await appliedTo(connection)).has(HALF_MOVED)) {
    await assertCurrent(target, HALF_MOVED);
    const begun = await readOrigin(connection);
    if (begun.store !== origin.store) {
      throw new Fault('conflict', `Another store is being moved into ${shown}. Name another target.`);
    }
    if (begun.sequence !== origin.sequence) {
      throw new Fault(
        'conflict',
        `The source was written to after its transfer into ${shown} had begun. Empty that target, or name another.`,
      );
    }
    return true;
  }
  for (const name of names) {
    if (KEPT_APART.has(name)) continue;
    const [row] = await connection.query(`SELECT 1 AS found FROM ${quoted(name)} LIMIT 1`);
    if (row) throw notEmpty(shown, `rows in '${name}'`);
  }
  const store = await target.identity();
  if (store !== undefined && store !== origin.store) throw notEmpty(shown, 'the identity of another store');
  await migrate(connection, storeMigrations, { at, backup: async () => undefined });
  await beginRecord(connection, origin, at);
  return false;
}

async function appliedTo(connection: Connection): Promise<ReadonlySet<string>> {
  const rows = await connection.query<{ name: string }>('SELECT name FROM schema_migration');
  return new Set(rows.map(({ name }) => name));
}

/** @param besides what may stand among the migrations, too. */
async function assertCurrent({ connection, shown }: Side, besides?: string): Promise<void> {
  const applied = await appliedTo(connection);
  const known = new Set(storeMigrations.map(({ name }) => name));
  if (applied.has(HALF_MOVED) && besides !== HALF_MOVED) {
    throw new Fault('conflict', `The store in ${shown} is not whole: a transfer into it has not finished.`);
  }
  const foreign = [...applied].filter((name) => !known.has(name) && name !== besides);
  if (foreign.length > 0) {
    throw new Fault(
      'unsupported',
      `A newer version of Cairn wrote the store in ${shown} (${foreign.join(', ')}).`,
    );
  }
  if ([...known].some((name) => !applied.has(name))) {
    throw new Fault(
      'conflict',
      `An older version of Cairn wrote the store in ${shown}. Start this version's server on it once, which brings it up to date.`,
    );
  }
}

function notEmpty(shown: string, what: string): Fault {
  const message = `The target, ${shown}, is not empty: it has ${what}. Name an empty one.`;
  return new Fault('conflict', message, { reason: 'exists' });
}
