import { createHash } from 'node:crypto';
import type { Finding } from '../finding.ts';
import { nameRun, oneRow, rowsOf, type Inspection } from '../inspection.ts';

const SEQUENCES = `SELECT MAX(n) AS n FROM (
  SELECT MAX(sequence) AS n FROM run UNION ALL SELECT MAX(sequence) FROM series_journal
  UNION ALL SELECT MAX(sealed) FROM series UNION ALL SELECT MAX(touched_sequence) FROM series_owner
  UNION ALL SELECT MAX(sequence) FROM receipt)`;

/** Documents, counters and what rows say of each other beyond foreign keys. */
export function* checkCatalog(inspection: Inspection): Generator<Finding> {
  yield* checkDocuments(inspection);
  yield* checkCounters(inspection);
  yield* checkManifests(inspection);
}

function* checkDocuments({ database }: Inspection): Generator<Finding> {
  for (const table of ['project', 'run', 'model']) {
    const broken = `SELECT id FROM ${table} WHERE NOT json_valid(document)`;
    for (const { id } of rowsOf<{ id: string }>(database, broken)) {
      const where = table === 'run' ? nameRun(database, id) : `${table} ${id}`;
      yield error(where, 'its document cannot be read. Restore a backup.');
    }
  }
  const unknown = `SELECT r.id, d.value ->> 0 AS dataset FROM run r, json_each(r.document, '$.datasets') d
    WHERE json_valid(r.document) AND NOT EXISTS
      (SELECT 1 FROM dataset WHERE project = r.project AND name = d.value ->> 0 AND digest = d.value ->> 1)`;
  for (const { id, dataset } of rowsOf<{ id: string; dataset: string }>(database, unknown)) {
    yield error(nameRun(database, id), `has the input '${dataset}', which is not described anywhere`);
  }
}

/** A counter that lags gives numbers out that are taken: commits would be lost or overwritten. */
function* checkCounters({ database }: Inspection): Generator<Finding> {
  const used = new Map<string, number>();
  used.set('sequence', oneRow<{ n: number | null }>(database, SEQUENCES)?.n ?? 0);
  const ordinal = oneRow<{ n: number | null }>(database, 'SELECT MAX(ordinal) AS n FROM project');
  used.set('project ordinal', ordinal?.n ?? 0);
  const runs = 'SELECT project, MAX(number) AS n FROM run GROUP BY project';
  for (const row of rowsOf<{ project: string; n: number }>(database, runs)) {
    used.set(`runs of ${row.project}`, row.n);
  }
  for (const [name, value] of used) {
    const row = oneRow<{ value: number }>(database, 'SELECT value FROM counter WHERE name = ?', name);
    const stands = row?.value ?? 0;
    if (stands >= value) continue;
    const what = `stands at ${stands}, but ${value} is in use`;
    const remedy = { kind: 'raise-counter', name, value } as const;
    yield { check: 'catalog', severity: 'warning', where: `counter '${name}'`, what, remedy };
  }
}

function* checkManifests({ database }: Inspection): Generator<Finding> {
  const all = 'SELECT digest, document FROM manifest';
  for (const { digest, document } of rowsOf<{ digest: string; document: string }>(database, all)) {
    if (createHash('sha256').update(document).digest('hex') !== digest) {
      yield error(`sealed version ${digest}`, 'is not what its digest names. Restore a backup.');
    }
  }
  const missing = `SELECT id, manifest FROM model
    WHERE manifest IS NOT NULL AND NOT EXISTS (SELECT 1 FROM manifest WHERE digest = model.manifest)`;
  for (const { id, manifest } of rowsOf<{ id: string; manifest: string }>(database, missing)) {
    yield error(`model ${id}`, `was sealed as ${manifest}, which is not there`);
  }
}

function error(where: string, what: string): Finding {
  return { check: 'catalog', severity: 'error', where, what };
}
