import { migration } from '#storage/sql/migrations.ts';

/**
 * Workspaces as things of their own. Those that were only named so far, by what is in them or by a role, become rows;
 * `default` is none until somebody changes it. Released migrations never change.
 */
export const workspaceMigration = migration('catalog-0005', ({ integer, text }) => [
  `CREATE TABLE workspace (
    id ${text} PRIMARY KEY,
    name ${text} NOT NULL,
    description ${text} NOT NULL,
    created_at ${integer} NOT NULL,
    updated_at ${integer} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL
  )`,
  `INSERT INTO workspace (id, name, description, created_at, updated_at, actor_kind, actor_id)
    SELECT named.id, named.id, '', 0, 0, 'system', 'cairn' FROM (
      SELECT workspace AS id FROM project
      UNION SELECT workspace FROM registered_model
      UNION SELECT place FROM role_binding WHERE scope = 'workspace'
    ) AS named WHERE named.id <> 'default'`,
]);
