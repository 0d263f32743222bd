import { migration } from '#storage/sql/migrations.ts';

/** Sessions know when they were last used, and where from. Those of before were used when they began, for all one knows. Released migrations never change. */
export const sessionMigration = migration('catalog-0006', ({ integer, text }) => [
  `ALTER TABLE session ADD COLUMN seen_at ${integer} NOT NULL DEFAULT 0`,
  `ALTER TABLE session ADD COLUMN address ${text}`,
  `ALTER TABLE session ADD COLUMN agent ${text}`,
  `UPDATE session SET seen_at = created_at`,
]);
