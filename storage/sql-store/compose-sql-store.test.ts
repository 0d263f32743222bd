import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PROJECT } from '#core/domain/ids.ts';
import { commitOf, createRun, logPoints, runIdOf, setTags } from '#storage/conformance/sample-changes.ts';
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

test('commits that each begin more series than a seal takes leave no more journal than its limit allows', async () => {
  const { write, read } = await freshDatabase();
  const journalBytes = 50_000;
  const store = await composeSqlStore(write, read, { ...OPTIONS, series: { journalBytes } });
  const owner = { kind: 'run', run: RUN } as const;
  await store.writer.commit(commitOf([createRun(RUN)]));
  const sizes: number[] = [];
  for (let step = 0; step < 10; step += 1) {
    const rows = Array.from({ length: 2000 }, (_, at) => [`m${step}/${at}`, step, at] as const);
    await store.writer.commit(commitOf([logPoints(owner, rows)]));
    const [journal] = await write.query<{ bytes: number }>(
      'SELECT coalesce(sum(length(record)), 0) AS bytes FROM series_journal',
    );
    sizes.push(journal?.bytes ?? 0);
  }
  await store.finish();
  const aCommit = sizes[0] ?? 0;
  expect(aCommit).toBeGreaterThan(1000);
  expect(10 * aCommit).toBeGreaterThan(3 * journalBytes);
  // Twice the limit, and what is logged while that is sealed.
  expect(Math.max(...sizes)).toBeLessThan(2 * journalBytes + 2 * aCommit);
  expect((await store.series.read({ owner, metric: 'm0/1999' })).values).toEqual(Float64Array.of(1999));
}, 30_000);

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
