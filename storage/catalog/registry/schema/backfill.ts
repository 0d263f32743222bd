// What a store without a registry knows of artifact versions and lineage: it is in the documents of its runs and in its
// logged models. Read by the databases themselves, since a migration is statements; part of a released migration, so
// it never changes. An edge is as old as the younger of its ends, which is the first moment at which it can have been said.
import type { Connection } from '#storage/sql/connection.ts';

type Dialect = Connection['dialect'];

/** Rows of a list in a run's document: `item` is a list itself, whose members `itemText` reads. */
interface Json {
  readonly each: (list: 'datasets' | 'modelInputs' | 'modelOutputs') => string;
  readonly text: (index: number) => string;
  /** Of pairs, the value under a key. */
  readonly pairValue: (pairs: number, key: string) => string;
  readonly greatest: string;
  /** Rows of a manifest's document, and the sum of their sizes. */
  readonly entries: string;
  readonly sizes: string;
}

const JSON_OF: Readonly<Record<Dialect, Json>> = {
  sqlite: {
    each: (list) => `json_each(run.document, '$.${list}') AS item`,
    text: (index) => `item.value ->> ${index}`,
    pairValue: (pairs, key) =>
      `(SELECT pair.value ->> 1 FROM json_each(item.value, '$[${pairs}]') AS pair WHERE pair.value ->> 0 = '${key}')`,
    greatest: 'MAX',
    entries: `json_each(manifest.document, '$.entries') AS entry`,
    sizes: `COALESCE(SUM(entry.value ->> '$.sizeBytes'), 0)`,
  },
  postgres: {
    each: (list) => `json_array_elements(run.document::json -> '${list}') AS item (value)`,
    text: (index) => `item.value ->> ${index}`,
    pairValue: (pairs, key) =>
      `(SELECT pair.value ->> 1 FROM json_array_elements(item.value -> ${pairs}) AS pair (value) WHERE pair.value ->> 0 = '${key}' LIMIT 1)`,
    greatest: 'GREATEST',
    entries: `json_array_elements(manifest.document::json -> 'entries') AS entry (value)`,
    sizes: `COALESCE(SUM((entry.value ->> 'sizeBytes')::bigint), 0)::bigint`,
  },
};

const ARTIFACT = '(id, workspace, type, name, number, digest, created_at, actor_kind, actor_id)';
const LAST_ID = '(SELECT COALESCE(MAX(id), 0) FROM artifact_version)';
const EDGE = 'INSERT INTO lineage_edge (source, target, role, at)';

function statements(dialect: Dialect): readonly string[] {
  const { each, entries, greatest, pairValue, sizes, text } = JSON_OF[dialect];
  return [
    `UPDATE manifest SET files = (SELECT COUNT(*) FROM ${entries}), size_bytes = (SELECT ${sizes} FROM ${entries})`,
    // Numbers in the order in which the workspace saw the digests.
    `INSERT INTO artifact_version ${ARTIFACT}
      SELECT ROW_NUMBER() OVER (ORDER BY seen.at, seen.name, seen.digest, seen.workspace), seen.workspace, 'dataset', seen.name,
        ROW_NUMBER() OVER (PARTITION BY seen.workspace, seen.name ORDER BY seen.at, seen.digest), seen.digest,
        seen.at, d.actor_kind, d.actor_id
      FROM (
        SELECT project.workspace AS workspace, d.name AS name, d.digest AS digest,
          MIN(${greatest}(run.started_at, d.created_at)) AS at
        FROM run JOIN project ON project.id = run.project, ${lateral(dialect)}${each('datasets')}, dataset AS d
        WHERE d.name = ${text(0)} AND d.digest = ${text(1)}
        GROUP BY project.workspace, d.name, d.digest
      ) AS seen
      JOIN dataset AS d ON d.name = seen.name AND d.digest = seen.digest`,
    // Numbers in the order in which contents were first sealed.
    `INSERT INTO artifact_version ${ARTIFACT}
      SELECT ${LAST_ID} + ROW_NUMBER() OVER (ORDER BY m.created_at, m.digest, sealed.workspace, sealed.name),
        sealed.workspace, 'model', sealed.name,
        ROW_NUMBER() OVER (PARTITION BY sealed.workspace, sealed.name ORDER BY m.created_at, m.digest),
        m.digest, m.created_at, m.actor_kind, m.actor_id
      FROM (
        SELECT DISTINCT project.workspace AS workspace, model.name AS name, model.manifest AS manifest
        FROM model JOIN project ON project.id = model.project
        WHERE model.manifest IS NOT NULL AND LENGTH(model.name) <= 500
      ) AS sealed
      JOIN manifest AS m ON m.digest = sealed.manifest`,
    `${EDGE}
      SELECT 'a:' || a.id, 'r:' || run.id, COALESCE(${pairValue(2, 'mlflow.data.context')}, ''),
        ${greatest}(run.started_at, a.created_at)
      FROM run JOIN project ON project.id = run.project, ${lateral(dialect)}${each('datasets')}, artifact_version AS a
      WHERE a.workspace = project.workspace AND a.type = 'dataset' AND a.name = ${text(0)} AND a.digest = ${text(1)}
      ON CONFLICT DO NOTHING`,
    `${EDGE}
      SELECT 'r:' || source_run, 'm:' || id, 'output', created_at FROM model WHERE source_run IS NOT NULL`,
    `${EDGE}
      SELECT 'r:' || run.id, 'm:' || (${text(0)}), 'output', ${greatest}(run.started_at, COALESCE(model.created_at, 0))
      FROM run, ${lateral(dialect)}${each('modelOutputs')} LEFT JOIN model ON model.id = ${text(0)}
      WHERE true ON CONFLICT DO NOTHING`,
    `${EDGE}
      SELECT 'm:' || (${text(0)}), 'r:' || run.id, 'input', ${greatest}(run.started_at, COALESCE(model.created_at, 0))
      FROM run, ${lateral(dialect)}${each('modelInputs')} LEFT JOIN model ON model.id = ${text(0)}
      WHERE true ON CONFLICT DO NOTHING`,
  ];
}

/** PostgreSQL wants to be told that a list is one of the row beside it. */
function lateral(dialect: Dialect): string {
  return dialect === 'postgres' ? 'LATERAL ' : '';
}

/** Each statement after the tables are there. */
export const BACKFILL: Readonly<Record<Dialect, readonly string[]>> = {
  sqlite: statements('sqlite'),
  postgres: statements('postgres'),
};
