import { sequenceOf } from '../../backup/count-store.ts';
import type { Remedy } from '../finding.ts';
import { oneRow, rowsOf } from '../inspection.ts';
import type { Repairing } from '../repair.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows that nobody can reach, written to a file in parts of so many. */
const ROWS_AT_ONCE = 500;

export async function raiseCounter(
  { database }: Repairing,
  { name, value }: Extract<Remedy, { kind: 'raise-counter' }>,
): Promise<string> {
  database
    .prepare('INSERT INTO counter (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2')
    .run(name, value);
  return `set it to ${value}`;
}

export async function raiseSegments(
  { database }: Repairing,
  { series, segments }: Extract<Remedy, { kind: 'raise-segments' }>,
): Promise<string> {
  database.prepare('UPDATE series SET segments = ? WHERE id = ?').run(segments, series);
  return `set it to ${segments}`;
}

export async function quarantineJournal(
  { database, quarantine }: Repairing,
  { sequence }: Extract<Remedy, { kind: 'quarantine-journal' }>,
): Promise<string> {
  const row = oneRow<Row>(database, 'SELECT * FROM series_journal WHERE sequence = ?', sequence);
  if (!row) return 'nothing was left to do';
  const file = await quarantine.keep(`journal-${sequence}`, [row]);
  database.prepare('DELETE FROM series_journal WHERE sequence = ?').run(sequence);
  return `moved the record to ${file}; points of commit ${sequence} that were not sealed yet are lost`;
}

export async function quarantineRows(
  repairing: Repairing,
  { table, column, value }: Extract<Remedy, { kind: 'quarantine-rows' }>,
): Promise<string> {
  if (table === 'series') return moveSeries(repairing, Number(value));
  if (table === 'series_owner') return moveOwner(repairing, Number(value));
  const name = `${table}-${String(value).replaceAll(/[^\w-]/g, '-')}`;
  const count = await move(repairing, { name, from: table, where: `${column} = ?`, value });
  return `moved ${count} rows to quarantine/${name}-*.json`;
}

/**
 * Its rows in the journal may be mixed with those of others, so the series is not forgotten at once: it is given to an
 * owner that is being purged (FORMAT.md §1), and goes when the journal has moved on.
 */
async function moveSeries(repairing: Repairing, id: number): Promise<string> {
  const { database } = repairing;
  const count = await moveSegments(repairing, id);
  const { next = 1 } =
    oneRow<{ next: number }>(database, 'SELECT MAX(id) + 1 AS next FROM series_owner') ?? {};
  const adopted = database
    .prepare('UPDATE series SET owner = ?, sealed = ? WHERE id = ?')
    .run(next, sequenceOf(database), id);
  if (Number(adopted.changes) > 0) purgeOwner(repairing, next);
  return `moved the series with ${count} segments to quarantine/series-${id}-*.json`;
}

async function moveOwner(repairing: Repairing, id: number): Promise<string> {
  const { database } = repairing;
  const owned = database.prepare('SELECT id FROM series WHERE owner = ?').all(id);
  for (const series of owned) await moveSegments(repairing, Number(series['id']));
  const row = oneRow<Row>(database, 'SELECT * FROM series_owner WHERE id = ?', id);
  await repairing.quarantine.keep(`series_owner-${id}`, row ? [row] : []);
  database.prepare('UPDATE series SET sealed = ? WHERE owner = ?').run(sequenceOf(database), id);
  purgeOwner(repairing, id);
  return `moved ${owned.length} series to quarantine/series-*.json`;
}

function purgeOwner({ database }: Repairing, id: number): void {
  database
    .prepare(
      `INSERT INTO series_owner (id, owner, run, touched_sequence, touched_at) VALUES (?1, 'purged ' || ?1, '', ?2, 0)
        ON CONFLICT (id) DO UPDATE SET owner = 'purged ' || ?1, run = '', model = NULL, dataset = NULL, touched_sequence = ?2`,
    )
    .run(id, sequenceOf(database));
}

async function moveSegments(repairing: Repairing, id: number): Promise<number> {
  const { database, quarantine } = repairing;
  const row = oneRow<Row>(database, 'SELECT * FROM series WHERE id = ?', id);
  await quarantine.keep(`series-${id}`, row ? [row] : []);
  const segments = { name: `series-${id}-segments`, from: 'series_segment', where: 'series = ?', value: id };
  return move(repairing, segments);
}

async function move(
  { database, quarantine }: Repairing,
  rows: {
    readonly name: string;
    readonly from: string;
    readonly where: string;
    readonly value: string | number;
  },
): Promise<number> {
  const { name, from, where, value } = rows;
  let moved = 0;
  let some: Row[] = [];
  const keep = async () => {
    if (some.length > 0) await quarantine.keep(`${name}-${moved}`, some);
    moved += some.length;
    some = [];
  };
  for (const row of rowsOf<Row>(database, `SELECT * FROM ${from} WHERE ${where}`, value)) {
    some.push(row);
    if (some.length >= ROWS_AT_ONCE) await keep();
  }
  await keep();
  database.prepare(`DELETE FROM ${from} WHERE ${where}`).run(value);
  return moved;
}
