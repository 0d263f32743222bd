import { Fault } from '#core/domain/fault.ts';
import type { MetricSummary } from '#core/domain/point.ts';
import { aggregate, type Aggregate } from '#storage/series/codec/aggregate.ts';
import { decodeChunks } from '#storage/series/codec/chunk.ts';
import { chunkAt, placesOf, type SegmentRow } from '#storage/series/segments.ts';
import { SummaryTable } from '#storage/series/summary-table.ts';
import type { Finding } from '../finding.ts';
import { nameRun, nameSeries, rowsOf, type Inspection } from '../inspection.ts';

interface SeriesRow {
  readonly id: number;
  readonly segments: number;
  readonly summary: Uint8Array | null;
}

/** Owners that are being purged: what is left of them nobody can reach, and it goes by itself. */
const NOT_PURGED = "NOT (o.owner >= 'purged ' AND o.owner < 'purged!')";

/** Every segment: checksums, points, aggregates equal to the points; summaries equal to the points; whose they are. */
export function* checkSeries(inspection: Inspection): Generator<Finding> {
  const { database } = inspection;
  yield* checkOwners(inspection);
  const all = `SELECT s.id, s.segments, s.summary FROM series s JOIN series_owner o ON o.id = s.owner WHERE ${NOT_PURGED} ORDER BY s.id`;
  for (const series of rowsOf<SeriesRow>(database, all)) yield* checkOne(inspection, series);
}

function* checkOne({ database }: Inspection, { id, segments, summary }: SeriesRow): Generator<Finding> {
  const folded = new SummaryTable();
  const slot = folded.add();
  let isReadable = true;
  let last = -1;
  const rows = 'SELECT number, aggregates, data FROM series_segment WHERE series = ? ORDER BY number';
  for (const row of rowsOf<SegmentRow>(database, rows, id)) {
    last = row.number;
    for (const problem of checkSegment(row, folded, slot)) {
      if (problem.kind === 'quarantine-segment') isReadable = false;
      const where = nameSeries(database, id);
      const remedy = { kind: problem.kind, series: id, number: row.number };
      yield { check: 'series', severity: 'error', where, what: problem.what, remedy };
    }
  }
  if (last >= segments) {
    const what = `its next segment is said to be ${segments}, but ${last} is in use`;
    const remedy = { kind: 'raise-segments', series: id, segments: last + 1 } as const;
    yield { check: 'series', severity: 'error', where: nameSeries(database, id), what, remedy };
  }
  if (isReadable && !isSame(folded.get(slot), storedSummary(summary))) {
    const what = 'last, min or max differ from the points';
    const remedy = { kind: 'rebuild-summary', series: id } as const;
    yield { check: 'series', severity: 'error', where: nameSeries(database, id), what, remedy };
  }
}

type Problem = { readonly kind: 'quarantine-segment' | 'rebuild-aggregates'; readonly what: string };

/** Decodes a segment, adding its points to the summary. */
function* checkSegment(row: SegmentRow, folded: SummaryTable, slot: number): Generator<Problem> {
  try {
    let isEqual = true;
    for (const place of placesOf(row)) {
      const [columns] = decodeChunks([chunkAt(place, row.data)]);
      if (!columns) continue;
      folded.update(slot, columns, 0, columns.steps.length);
      isEqual &&= isSameAggregate(aggregate(columns), place.record);
    }
    if (isEqual) return;
    yield {
      kind: 'rebuild-aggregates',
      what: `the aggregates of segment ${row.number} differ from its points`,
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    yield { kind: 'quarantine-segment', what: `segment ${row.number}: ${error.message}` };
  }
}

function isSameAggregate(computed: Aggregate, stored: Aggregate): boolean {
  return Object.entries(computed).every(([name, value]) =>
    Object.is(value, (stored as unknown as Record<string, unknown>)[name]),
  );
}

function storedSummary(bytes: Uint8Array | null): MetricSummary | undefined {
  if (!bytes) return undefined;
  const table = new SummaryTable();
  const slot = table.add();
  try {
    table.load(slot, bytes);
  } catch {
    return undefined;
  }
  return table.get(slot);
}

/** Of equal values the first that arrived stays, which segments do not know: positions of min and max may differ. */
function isSame(computed: MetricSummary | undefined, stored: MetricSummary | undefined): boolean {
  if (!computed || !stored) return computed === stored;
  const rank = (value: number) => (Number.isNaN(value) ? 0 : value);
  return (
    computed.last.step === stored.last.step &&
    computed.last.time === stored.last.time &&
    rank(computed.last.value) === rank(stored.last.value) &&
    computed.min?.value === stored.min?.value &&
    computed.max?.value === stored.max?.value
  );
}

function* checkOwners({ database }: Inspection): Generator<Finding> {
  const remedyFor = (table: 'series' | 'series_owner', value: number) =>
    ({ kind: 'quarantine-rows', table, column: 'id', value }) as const;
  const orphans = `SELECT id FROM series WHERE NOT EXISTS (SELECT 1 FROM series_owner o WHERE o.id = series.owner)
    UNION SELECT DISTINCT series FROM series_segment g WHERE NOT EXISTS (SELECT 1 FROM series s WHERE s.id = g.series)`;
  for (const { id } of rowsOf<{ id: number }>(database, orphans)) {
    const what = 'belongs to nobody';
    yield {
      check: 'series',
      severity: 'warning',
      where: `series ${id}`,
      what,
      remedy: remedyFor('series', id),
    };
  }
  const ownerless = `SELECT o.id, o.run, o.model FROM series_owner o WHERE ${NOT_PURGED} AND CASE WHEN o.model IS NULL
      THEN NOT EXISTS (SELECT 1 FROM run r WHERE r.id = o.run)
      ELSE NOT EXISTS (SELECT 1 FROM model m WHERE m.id = o.model) END`;
  for (const row of rowsOf<{ id: number; run: string; model: string | null }>(database, ownerless)) {
    const where = row.model === null ? nameRun(database, row.run) : `model ${row.model}, which is not there`;
    const what = 'has points, which nobody can reach';
    const remedy = remedyFor('series_owner', row.id);
    yield { check: 'series', severity: 'warning', where, what, remedy };
  }
}
