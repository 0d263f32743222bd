import { identityMigration } from './identity-migration.ts';
import { registryMigration } from './registry/schema/registry-migration.ts';
import { datasetMigration } from './dataset-migration.ts';
import { sessionMigration } from './session-migration.ts';
import { workspaceMigration } from './workspace-migration.ts';
import { migration, type Migration } from '#storage/sql/migrations.ts';

/** Append-only: a released migration never changes. */
export const catalogMigrations: readonly Migration[] = [
  migration('catalog-0001', ({ integer, text }) => [
    `CREATE TABLE counter (
      name ${text} PRIMARY KEY,
      value ${integer} NOT NULL
    )`,
    `CREATE TABLE project (
      id ${text} PRIMARY KEY,
      ordinal ${integer} NOT NULL UNIQUE,
      workspace ${text} NOT NULL,
      name ${text} NOT NULL,
      artifact_location ${text} NOT NULL,
      created_at ${integer} NOT NULL,
      updated_at ${integer} NOT NULL,
      deleted_at ${integer},
      actor_kind ${text} NOT NULL,
      actor_id ${text} NOT NULL,
      document ${text} NOT NULL
    )`,
    `CREATE UNIQUE INDEX project_name ON project (workspace, name)`,
    `CREATE TABLE run (
      id ${text} PRIMARY KEY,
      project ${text} NOT NULL REFERENCES project (id),
      number ${integer} NOT NULL,
      name ${text} NOT NULL,
      status ${text} NOT NULL,
      user_id ${text} NOT NULL,
      started_at ${integer} NOT NULL,
      ended_at ${integer},
      deleted_at ${integer},
      changed_at ${integer} NOT NULL,
      sequence ${integer} NOT NULL,
      wire ${text} NOT NULL,
      artifact_uri ${text} NOT NULL,
      actor_kind ${text} NOT NULL,
      actor_id ${text} NOT NULL,
      document ${text} NOT NULL
    )`,
    `CREATE UNIQUE INDEX run_number ON run (project, number)`,
    `CREATE INDEX run_started ON run (started_at) WHERE deleted_at IS NULL`,
    `CREATE INDEX run_going ON run (status) WHERE status IN ('running', 'scheduled')`,
    `CREATE TABLE dataset (
      name ${text} NOT NULL,
      digest ${text} NOT NULL,
      source_type ${text} NOT NULL,
      source ${text} NOT NULL,
      schema ${text},
      profile ${text},
      created_at ${integer} NOT NULL,
      actor_kind ${text} NOT NULL,
      actor_id ${text} NOT NULL,
      PRIMARY KEY (name, digest)
    )`,
    `CREATE TABLE model (
      id ${text} PRIMARY KEY,
      project ${text} NOT NULL REFERENCES project (id),
      name ${text} NOT NULL,
      model_type ${text} NOT NULL,
      source_run ${text} REFERENCES run (id),
      status ${text} NOT NULL,
      status_message ${text},
      artifact_uri ${text} NOT NULL,
      created_at ${integer} NOT NULL,
      updated_at ${integer} NOT NULL,
      deleted_at ${integer},
      manifest ${text},
      actor_kind ${text} NOT NULL,
      actor_id ${text} NOT NULL,
      document ${text} NOT NULL
    )`,
    `CREATE INDEX model_project ON model (project)`,
    `CREATE TABLE tree_file (
      owner ${text} NOT NULL,
      path ${text} NOT NULL,
      parent ${text} NOT NULL,
      digest ${text} NOT NULL,
      size_bytes ${integer} NOT NULL,
      modified_at ${integer} NOT NULL,
      actor_kind ${text} NOT NULL,
      actor_id ${text} NOT NULL,
      PRIMARY KEY (owner, path)
    )`,
    `CREATE INDEX tree_file_parent ON tree_file (owner, parent)`,
    `CREATE INDEX tree_file_digest ON tree_file (digest)`,
    `CREATE TABLE manifest (
      digest ${text} PRIMARY KEY,
      document ${text} NOT NULL,
      created_at ${integer} NOT NULL,
      actor_kind ${text} NOT NULL,
      actor_id ${text} NOT NULL
    )`,
    `CREATE TABLE manifest_blob (
      manifest ${text} NOT NULL REFERENCES manifest (digest),
      blob ${text} NOT NULL,
      PRIMARY KEY (blob, manifest)
    )`,
    `CREATE TABLE receipt (
      actor_kind ${text} NOT NULL,
      actor_id ${text} NOT NULL,
      once ${text} NOT NULL,
      sequence ${integer} NOT NULL,
      projects ${text} NOT NULL,
      created_at ${integer} NOT NULL,
      PRIMARY KEY (actor_kind, actor_id, once)
    )`,
  ]),
  migration('catalog-0002', ({ integer, text }) => [
    `CREATE TABLE condemned_blob (
      blob ${text} PRIMARY KEY,
      condemned_at ${integer} NOT NULL
    )`,
    `CREATE INDEX model_source ON model (source_run) WHERE source_run IS NOT NULL`,
    `CREATE INDEX model_manifest ON model (manifest) WHERE manifest IS NOT NULL`,
    `CREATE INDEX receipt_age ON receipt (created_at)`,
  ]),
  identityMigration,
  registryMigration,
  workspaceMigration,
  sessionMigration,
  datasetMigration,
];
