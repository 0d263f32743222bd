import { type Migration, migration } from '#storage/sql/migrations.ts';

/** The tables of storage/series as FORMAT.md §1 describes them. */
export const seriesMigrations: readonly Migration[] = [
  migration('series-0001', ({ integer, blob, text }) => [
    `CREATE TABLE series_owner (
      id ${integer} PRIMARY KEY,
      owner ${text} NOT NULL UNIQUE,
      run ${text} NOT NULL,
      model ${text},
      dataset ${text},
      touched_sequence ${integer} NOT NULL,
      touched_at ${integer} NOT NULL
    )`,
    `CREATE INDEX series_owner_model ON series_owner (model) WHERE model IS NOT NULL`,
    `CREATE INDEX series_owner_measured ON series_owner (run) WHERE model IS NOT NULL`,
    `CREATE TABLE series (
      id ${integer} PRIMARY KEY,
      owner ${integer} NOT NULL,
      metric ${text} NOT NULL,
      sealed ${integer} NOT NULL,
      segments ${integer} NOT NULL,
      loose ${integer} NOT NULL,
      summary ${blob}
    )`,
    `CREATE UNIQUE INDEX series_by_owner ON series (owner, metric)`,
    `CREATE TABLE series_journal (
      sequence ${integer} PRIMARY KEY,
      record ${blob} NOT NULL
    )`,
    `CREATE TABLE series_segment (
      series ${integer} NOT NULL,
      number ${integer} NOT NULL,
      aggregates ${blob} NOT NULL,
      data ${blob} NOT NULL,
      PRIMARY KEY (series, number)
    )`,
  ]),
];
