import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PROJECT } from '#core/domain/ids.ts';
import { commitOf, createRun, runIdOf, setTags } from '#storage/conformance/sample-changes.ts';
import { storeMigrations } from '#storage/embedded/schema.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { migrate } from '#storage/sql/migrations.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { composeSqlStore } from './compose-sql-store.ts';

const RUN = runIdOf(1);
const OPTIONS = { onFatal: () => undefined };

test('a run that is read while a commit changes it is not remembered as it was', async () => {
  const { write, read } = await freshDatabase();
  const first = await composeSqlStore(write, read, OPTIONS);
  await first.writer.commit(commitOf([createRun(RUN)]));
  await first.finish();

  const answered = Promise.withResolvers<void>();
  const mayGoOn = Promise.withResolvers<void>();
  /** A database at a distance: what it read is on its way while the next commit is made. */
  const slow: Connection = {
    dialect: read.dialect,
    query: async (sql, params) => {
      const rows = await read.query<never>(sql, params);
      if (!sql.startsWith('select * from "run"')) return rows;
      answered.resolve();
      await mayGoOn.promise;
      return rows;
    },
  };
  const { catalog, writer, finish } = await composeSqlStore(write, slow, OPTIONS);
  const listed = catalog.runs([DEFAULT_PROJECT], 'active');
  await answered.promise;
  await writer.commit(commitOf([setTags(RUN, { later: 'yes' })]));
  mayGoOn.resolve();
  expect(await listed).toHaveLength(1);
  expect((await catalog.run(RUN))?.tags.get('later')).toBe('yes');
  await finish();
});

async function freshDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-sql-store-'));
  const file = join(folder, 'cairn.db');
  const write = SqliteConnection.openWriter(file);
  await migrate(write, storeMigrations, { at: 0, backup: async () => undefined });
  const read = SqliteConnection.openReader(file);
  onTestFinished(async () => {
    read.close();
    write.close();
    await rm(folder, { recursive: true });
  });
  return { write, read };
}
