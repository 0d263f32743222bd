import { migration, type Migration } from '#storage/sql/migrations.ts';

const table = migration('catalog-0007', ({ integer, text }) => [
  `ALTER TABLE dataset RENAME TO dataset_of_any`,
  `CREATE TABLE dataset (
    project ${text} NOT NULL,
    name ${text} NOT NULL,
    digest ${text} NOT NULL,
    source_type ${text} NOT NULL,
    source ${text} NOT NULL,
    schema ${text},
    profile ${text},
    created_at ${integer} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    PRIMARY KEY (project, name, digest)
  )`,
]);

/** @param inputs the input datasets of all runs, as rows of a project, a name and a digest. */
function moved(inputs: string): readonly string[] {
  return [
    `INSERT INTO dataset (project, name, digest, source_type, source, schema, profile, created_at, actor_kind, actor_id)
      SELECT used.project, d.name, d.digest, d.source_type, d.source, d.schema, d.profile, d.created_at, d.actor_kind, d.actor_id
      FROM (SELECT DISTINCT ${inputs}) AS used
      JOIN dataset_of_any AS d ON d.name = used.name AND d.digest = used.digest`,
    `DROP TABLE dataset_of_any`,
    `CREATE INDEX dataset_name ON dataset (name, digest)`,
  ];
}

/**
 * Datasets are described for each project: what one says of them is not shown to another. Until now the first
 * description anywhere was every project's, and of those each keeps it. Released migrations never change.
 */
export const datasetMigration: Migration = {
  name: table.name,
  sqlite: [
    ...table.sqlite,
    ...moved(
      `run.project AS project, item.value ->> 0 AS name, item.value ->> 1 AS digest
        FROM run, json_each(run.document, '$.datasets') AS item`,
    ),
  ],
  postgres: [
    ...table.postgres,
    ...moved(
      `run.project AS project, item.value ->> 0 AS name, item.value ->> 1 AS digest
        FROM run, LATERAL json_array_elements(run.document::json -> 'datasets') AS item (value)`,
    ),
  ],
};
