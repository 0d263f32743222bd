import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { storeMigrations } from '#storage/embedded/schema.ts';
import { kyselyOver } from '#storage/sql/kysely-over.ts';
import { migrate } from '#storage/sql/migrations.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { workspaceMigration } from './workspace-migration.ts';
import type { CatalogTables } from './tables.ts';
import { listWorkspaces } from './workspaces.ts';

const OPTIONS = { at: 1, backup: async () => undefined };
const before = storeMigrations.slice(
  0,
  storeMigrations.findIndex(({ name }) => name === workspaceMigration.name),
);

test('workspaces that a store named before there were any stay reachable: by a project, a model or a role', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-workspaces-'));
  const write = SqliteConnection.openWriter(join(folder, 'cairn.db'));
  onTestFinished(async () => {
    write.close();
    await rm(folder, { recursive: true, force: true });
  });
  await migrate(write, before, OPTIONS);
  const project = (id: string, workspace: string) =>
    write.execute(
      `INSERT INTO project VALUES ('${id}', ${id}, '${workspace}', 'p', '', 1, 1, NULL, 'local', 'local', '{}')`,
    );
  await project('0', 'default');
  await project('1', 'vision');
  await write.execute(
    `INSERT INTO registered_model VALUES ('rm-1', 'speech', 'm', NULL, '', '', 1, 1, NULL, 0, 0, 0, 'local', 'local', '{}')`,
  );
  for (const place of ['vision', 'roles']) {
    await write.execute(
      `INSERT INTO role_binding VALUES ('account', 'u-1', 'workspace', '${place}', 'viewer')`,
    );
  }
  await write.execute(`INSERT INTO role_binding VALUES ('account', 'u-1', 'project', '1', 'viewer')`);
  await migrate(write, storeMigrations, OPTIONS);
  const found = await listWorkspaces(kyselyOver<CatalogTables>(write));
  expect(found.map(({ id, name }) => `${id} ${name}`)).toEqual([
    'default default',
    'roles roles',
    'speech speech',
    'vision vision',
  ]);
});

test('an empty schema stays without rows, so that a transfer finds its target empty', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-workspaces-'));
  const write = SqliteConnection.openWriter(join(folder, 'cairn.db'));
  onTestFinished(async () => {
    write.close();
    await rm(folder, { recursive: true, force: true });
  });
  await migrate(write, storeMigrations, OPTIONS);
  expect(await write.query('SELECT id FROM workspace')).toEqual([]);
});
