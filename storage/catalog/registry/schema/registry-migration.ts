import { migration, type Migration } from '#storage/sql/migrations.ts';
import { BACKFILL } from './backfill.ts';

const tables = migration('catalog-0004', ({ blob, integer, text }) => [
  `CREATE TABLE registered_model (
    id ${text} PRIMARY KEY,
    workspace ${text} NOT NULL,
    name ${text} NOT NULL,
    project ${text},
    description ${text} NOT NULL,
    owner ${text} NOT NULL,
    created_at ${integer} NOT NULL,
    updated_at ${integer} NOT NULL,
    deleted_at ${integer},
    versions ${integer} NOT NULL,
    last_version ${integer} NOT NULL,
    revision ${integer} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    document ${text} NOT NULL
  )`,
  `CREATE UNIQUE INDEX registered_model_name ON registered_model (workspace, name) WHERE deleted_at IS NULL`,
  `CREATE TABLE model_version (
    model ${text} NOT NULL REFERENCES registered_model (id),
    number ${integer} NOT NULL,
    description ${text} NOT NULL,
    created_at ${integer} NOT NULL,
    updated_at ${integer} NOT NULL,
    deleted_at ${integer},
    user_id ${text} NOT NULL,
    run ${text},
    logged_model ${text},
    source ${text} NOT NULL,
    storage_location ${text} NOT NULL,
    run_link ${text},
    manifest ${text},
    stage ${text} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    document ${text} NOT NULL,
    PRIMARY KEY (model, number)
  )`,
  `CREATE INDEX model_version_run ON model_version (run) WHERE run IS NOT NULL`,
  `CREATE INDEX model_version_logged ON model_version (logged_model) WHERE logged_model IS NOT NULL`,
  `CREATE INDEX model_version_manifest ON model_version (manifest) WHERE manifest IS NOT NULL`,
  `CREATE INDEX model_version_stage ON model_version (model, stage, number) WHERE deleted_at IS NULL`,
  `CREATE TABLE version_tag (
    key ${text} NOT NULL,
    value ${text} NOT NULL,
    model ${text} NOT NULL,
    number ${integer} NOT NULL,
    PRIMARY KEY (key, value, model, number)
  )`,
  `CREATE INDEX version_tag_version ON version_tag (model, number)`,
  `CREATE TABLE registry_entry (
    model ${text} NOT NULL REFERENCES registered_model (id),
    number ${integer} NOT NULL,
    at ${integer} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    action ${text} NOT NULL,
    version ${integer},
    reason ${text} NOT NULL,
    details ${text} NOT NULL,
    previous ${text} NOT NULL,
    hash ${text} NOT NULL,
    PRIMARY KEY (model, number)
  )`,
  `CREATE INDEX registry_entry_version ON registry_entry (model, version, number) WHERE version IS NOT NULL`,
  `CREATE INDEX registry_entry_action ON registry_entry (model, action, number)`,
  `CREATE TABLE promotion (
    id ${text} PRIMARY KEY,
    model ${text} NOT NULL REFERENCES registered_model (id),
    version ${integer} NOT NULL,
    target_kind ${text} NOT NULL,
    target ${text} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    asked_at ${integer} NOT NULL,
    reason ${text} NOT NULL,
    status ${text} NOT NULL,
    closed_at ${integer},
    approvals ${text} NOT NULL,
    archive_others ${integer} NOT NULL
  )`,
  `CREATE INDEX promotion_model ON promotion (model, asked_at)`,
  `CREATE INDEX promotion_open ON promotion (model) WHERE status = 'open'`,
  `CREATE TABLE evaluation (
    number ${integer} PRIMARY KEY,
    model ${text} NOT NULL REFERENCES registered_model (id),
    version ${integer} NOT NULL,
    metric ${text} NOT NULL,
    value ${blob} NOT NULL,
    dataset_name ${text},
    dataset_digest ${text},
    environment ${text} NOT NULL,
    at ${integer} NOT NULL,
    samples ${integer},
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    run ${text}
  )`,
  `CREATE INDEX evaluation_version ON evaluation (model, version, at, number)`,
  `CREATE INDEX evaluation_metric ON evaluation (model, version, metric, environment, at, number)`,
  `CREATE INDEX evaluation_run ON evaluation (run) WHERE run IS NOT NULL`,
  `CREATE TABLE latest_evaluation (
    model ${text} NOT NULL REFERENCES registered_model (id),
    version ${integer} NOT NULL,
    series ${text} NOT NULL,
    at ${integer} NOT NULL,
    number ${integer} NOT NULL,
    PRIMARY KEY (model, version, series)
  )`,
  `CREATE TABLE deployment (
    id ${text} PRIMARY KEY,
    model ${text} NOT NULL REFERENCES registered_model (id),
    version ${integer} NOT NULL,
    environment ${text} NOT NULL,
    started_at ${integer} NOT NULL,
    ended_at ${integer},
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    url ${text}
  )`,
  `CREATE INDEX deployment_model ON deployment (model, started_at)`,
  `CREATE INDEX deployment_running ON deployment (model) WHERE ended_at IS NULL`,
  `CREATE TABLE artifact_version (
    id ${integer} PRIMARY KEY,
    workspace ${text} NOT NULL,
    type ${text} NOT NULL,
    name ${text} NOT NULL,
    number ${integer} NOT NULL,
    digest ${text} NOT NULL,
    created_at ${integer} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL
  )`,
  `CREATE UNIQUE INDEX artifact_version_number ON artifact_version (workspace, type, name, number)`,
  `CREATE UNIQUE INDEX artifact_version_digest ON artifact_version (workspace, type, name, digest)`,
  `ALTER TABLE receipt ADD COLUMN versions ${text}`,
  `ALTER TABLE manifest ADD COLUMN files ${integer} NOT NULL DEFAULT 0`,
  `ALTER TABLE manifest ADD COLUMN size_bytes ${integer} NOT NULL DEFAULT 0`,
]);

/**
 * By its key all edges that lead to a node, which are few; the index gives those that lead from one by age. Most of a
 * row is its key, so SQLite keeps it there alone.
 */
const edges = migration('', ({ integer, text }) => [
  `CREATE TABLE lineage_edge (
    source ${text} NOT NULL,
    target ${text} NOT NULL,
    role ${text} NOT NULL,
    at ${integer} NOT NULL,
    PRIMARY KEY (target, source, role)
  )`,
  `CREATE INDEX lineage_edge_source ON lineage_edge (source, at, target)`,
]);

/** Registered models with their versions and log, artifact versions and lineage. Released migrations never change. */
export const registryMigration: Migration = {
  name: tables.name,
  sqlite: [
    ...together(tables.sqlite),
    ...together(edges.sqlite.map((text) => (isTable(text) ? `${text} WITHOUT ROWID` : text))),
    ...BACKFILL.sqlite,
  ],
  postgres: [...together(tables.postgres), ...together(edges.postgres), ...BACKFILL.postgres],
};

/** A table and its indexes are one message to the database. */
function together(statements: readonly string[]): readonly string[] {
  const groups: string[][] = [];
  for (const statement of statements) {
    const last = groups.at(-1);
    if (last && !isTable(statement)) last.push(statement);
    else groups.push([statement]);
  }
  return groups.map((group) => group.join(';\n'));
}

function isTable(statement: string): boolean {
  return statement.startsWith('CREATE TABLE');
}
