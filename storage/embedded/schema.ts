import { catalogMigrations } from '#storage/catalog/migrations.ts';
import { seriesMigrations } from '#storage/series/migrations.ts';
import { commitLogMigrations } from '#storage/sql/commit-log.ts';
import type { Migration } from '#storage/sql/migrations.ts';

/** Every migration of a store, in the order in which a new one runs them. */
export const storeMigrations: readonly Migration[] = [
  ...catalogMigrations,
  ...seriesMigrations,
  ...commitLogMigrations,
];
