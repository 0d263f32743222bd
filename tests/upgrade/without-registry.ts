/** Makes of a database, whichever it is, one of the schema before there was a registry. */
export const WITHOUT_REGISTRY: readonly string[] = [
  ...[
    'lineage_edge',
    'artifact_version',
    'deployment',
    'latest_evaluation',
    'evaluation',
    'promotion',
    'registry_entry',
    'version_tag',
    'model_version',
    'registered_model',
  ].map((table) => `DROP TABLE ${table}`),
  'ALTER TABLE receipt DROP COLUMN versions',
  'ALTER TABLE manifest DROP COLUMN files',
  'ALTER TABLE manifest DROP COLUMN size_bytes',
  // Datasets were described once for all projects: the first description of each stands.
  `CREATE TABLE described_once AS
    SELECT name, digest, source_type, source, schema, profile, created_at, actor_kind, actor_id FROM dataset AS d
    WHERE NOT EXISTS (
      SELECT 1 FROM dataset AS earlier WHERE earlier.name = d.name AND earlier.digest = d.digest
        AND (earlier.created_at < d.created_at OR earlier.created_at = d.created_at AND earlier.project < d.project)
    )`,
  'DROP TABLE dataset',
  'ALTER TABLE described_once RENAME TO dataset',
  "DELETE FROM schema_migration WHERE name IN ('catalog-0004', 'catalog-0007')",
];
