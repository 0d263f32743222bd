import { Fault } from '#core/domain/fault.ts';
import { decodeJournal } from '#storage/series/codec/journal-record.ts';
import type { Finding } from '../finding.ts';
import { rowsOf, type Inspection } from '../inspection.ts';

/** Every record of the journal: its checksum, its points, and that each of its series is there. */
export function* checkJournal({ database }: Inspection): Generator<Finding> {
  const isThere = database.prepare('SELECT 1 AS yes FROM series WHERE id = ?');
  const all = 'SELECT sequence, record FROM series_journal ORDER BY sequence';
  for (const { sequence, record } of rowsOf<{ sequence: number; record: Uint8Array }>(database, all)) {
    const found = {
      check: 'journal',
      severity: 'error',
      where: `the points of commit ${sequence}`,
      remedy: { kind: 'quarantine-journal', sequence },
    } as const;
    try {
      const { series } = decodeJournal(record, sequence);
      const lost = Array.from(series).find((id) => isThere.get(id) === undefined);
      if (lost !== undefined) yield { ...found, what: `belong to series ${lost}, which is not there` };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      yield { ...found, what: `${error.message} A server does not start on it.` };
    }
  }
}
