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
  "DELETE FROM schema_migration WHERE name = 'catalog-0004'",
];
