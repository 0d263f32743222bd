import { createHash } from 'node:crypto';
import { checkChain } from '#core/domain/chain.ts';
import { canonicalRegistryEntry, type RegistryEntry } from '#core/domain/registry-log.ts';
import { EVALUATIONS } from '#storage/catalog/registry/apply/apply-performance.ts';
import { readRegistryEntry } from '#storage/catalog/registry/registry-entries.ts';
import { registryMigration } from '#storage/catalog/registry/schema/registry-migration.ts';
import type { RegistryEntryTable } from '#storage/catalog/registry/schema/registry-tables.ts';
import { schemaOf } from '../../store-files.ts';
import type { Finding } from '../finding.ts';
import { oneRow, rowsOf, type Inspection } from '../inspection.ts';

/** Registered models: the chain of each log, and what rows say of each other. */
export async function* checkRegistry(inspection: Inspection): AsyncGenerator<Finding> {
  if (!schemaOf(inspection.database).includes(registryMigration.name)) return;
  yield* checkLogs(inspection);
  yield* checkDocuments(inspection);
  yield* checkVersions(inspection);
  yield* checkEvaluations(inspection);
}

/** Only a person can say what was there: there is no remedy. */
async function* checkLogs({ database }: Inspection): AsyncGenerator<Finding> {
  for (const { id, name } of rowsOf<Named>(database, 'SELECT id, name FROM registered_model ORDER BY id')) {
    const rows = rowsOf<RegistryEntryTable>(
      database,
      'SELECT * FROM registry_entry WHERE model = ? ORDER BY number',
      id,
    );
    const chain = { canonical: canonicalRegistryEntry, hash: sha256 };
    const { brokenAt } = await checkChain(entriesOf(rows), chain);
    if (brokenAt === undefined) continue;
    const where = `log of registered model '${name}' (${id}), entry ${brokenAt}`;
    yield error(
      where,
      'is not what was written: it or its neighbour was changed, dropped or slipped in outside of Cairn',
    );
  }
}

function* checkDocuments({ database }: Inspection): Generator<Finding> {
  const models = 'SELECT id, name FROM registered_model WHERE NOT json_valid(document)';
  for (const { id, name } of rowsOf<Named>(database, models)) {
    yield error(`registered model '${name}' (${id})`, 'its document cannot be read. Restore a backup.');
  }
  const versions = `SELECT ${VERSION} WHERE NOT json_valid(v.document)`;
  for (const row of rowsOf<Numbered>(database, versions)) {
    yield error(nameVersion(row), 'its document cannot be read. Restore a backup.');
  }
}

/** A model row that lags gives out numbers that are taken. */
function* checkVersions({ database }: Inspection): Generator<Finding> {
  const unsealed = `SELECT ${VERSION} WHERE v.manifest IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM manifest WHERE digest = v.manifest)`;
  for (const row of rowsOf<Numbered>(database, unsealed)) {
    yield error(nameVersion(row), 'its sealed files are not there. Restore a backup.');
  }
  const counted = `SELECT m.id, m.name, m.versions AS said, COUNT(v.number) FILTER (WHERE v.deleted_at IS NULL) AS found,
      m.last_version AS lastSaid, COALESCE(MAX(v.number), 0) AS lastFound
    FROM registered_model AS m LEFT JOIN model_version AS v ON v.model = m.id
    GROUP BY m.id HAVING said <> found OR lastSaid < lastFound ORDER BY m.id`;
  for (const row of rowsOf<Named & Record<'said' | 'found' | 'lastSaid' | 'lastFound', number>>(
    database,
    counted,
  )) {
    const what = `is said to have ${row.said} versions up to number ${row.lastSaid}, but has ${row.found} up to ${row.lastFound}`;
    yield error(`registered model '${row.name}' (${row.id})`, what);
  }
}

function* checkEvaluations({ database }: Inspection): Generator<Finding> {
  const used = oneRow<{ n: number | null }>(database, 'SELECT MAX(number) AS n FROM evaluation')?.n ?? 0;
  const row = oneRow<{ value: number }>(database, 'SELECT value FROM counter WHERE name = ?', EVALUATIONS);
  const stands = row?.value ?? 0;
  if (stands >= used) return;
  const remedy = { kind: 'raise-counter', name: EVALUATIONS, value: used } as const;
  const what = `stands at ${stands}, but ${used} is in use`;
  yield { check: 'registry', severity: 'warning', where: `counter '${EVALUATIONS}'`, what, remedy };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Numbered {
  readonly name: string;
  readonly number: number;
}

const VERSION = 'm.name, v.number FROM model_version AS v JOIN registered_model AS m ON m.id = v.model';

function nameVersion({ name, number }: Numbered): string {
  return `version ${number} of registered model '${name}'`;
}

/** One whose details cannot be read any more fits nowhere in the chain. */
function* entriesOf(rows: Iterable<RegistryEntryTable>): Generator<RegistryEntry> {
  for (const row of rows) {
    try {
      yield readRegistryEntry(row);
    } catch (failure) {
      if (!(failure instanceof SyntaxError || failure instanceof TypeError)) throw failure;
      yield readRegistryEntry({ ...row, details: '[]', hash: '' });
    }
  }
}

function error(where: string, what: string): Finding {
  return { check: 'registry', severity: 'error', where, what };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
