import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blobPath } from '#storage/blobs-fs/fs-blob-store.ts';
import { AT, commitOf } from '#storage/conformance/sample-changes.ts';
import { CHURN, registeredIdOf } from '#storage/conformance/sample-registry.ts';
import { FILLED_RUNS } from '#tests/upgrade/fill-store.ts';
import { filledStore, freshFolder, openStore, sql } from '../testing/stores.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import { diagnose } from './diagnose.ts';

const NAME = `'churn 🎉' (${CHURN})`;

test('a byte that was changed in the log of a registered model is found and named', async () => {
  const { database, check } = await world();
  sql(database, `UPDATE registry_entry SET reason = 'fine' WHERE model = '${CHURN}' AND number = 4`);
  expect(await check()).toEqual([
    expect.objectContaining({
      check: 'registry',
      severity: 'error',
      where: `log of registered model ${NAME}, entry 4`,
    }),
  ]);
});

test('an entry that is gone and one whose details are no JSON are found, also of a deleted model', async () => {
  const { database, check } = await world();
  const gone = registeredIdOf(2);
  sql(database, `UPDATE registry_entry SET details = '[[' WHERE model = '${CHURN}' AND number = 2`);
  sql(database, `DELETE FROM registry_entry WHERE model = '${gone}' AND number = 1`);
  expect((await check()).map(({ where }) => where)).toEqual([
    `log of registered model ${NAME}, entry 2`,
    `log of registered model 'gone' (${gone}), entry 1`,
  ]);
});

test('versions that their model does not know, and sealed files that are not there, are found', async () => {
  const { database, check } = await world();
  sql(database, `UPDATE registered_model SET versions = 7, last_version = 2 WHERE id = '${CHURN}'`);
  sql(database, `UPDATE model_version SET manifest = 'ab' WHERE number = 2`);
  expect((await check()).map(({ where, what }) => [where, what])).toEqual([
    ["version 2 of registered model 'churn 🎉'", 'its sealed files are not there. Restore a backup.'],
    [`registered model ${NAME}`, 'is said to have 7 versions up to number 2, but has 2 up to 3'],
  ]);
});

test('a counter of evaluations that lags is raised', async () => {
  const { data, database } = await world();
  sql(database, "UPDATE counter SET value = 1 WHERE name = 'evaluations'");
  const { findings, left } = await diagnose({ data, repair: true });
  expect(findings).toMatchObject([
    { check: 'registry', severity: 'warning', where: "counter 'evaluations'" },
  ]);
  expect(left).toEqual([]);
});

test('the bytes of a sealed version stay when nothing else names them, and are missed by its name', async () => {
  const { data, database, check } = await world();
  const [{ blob }] = sql(
    database,
    'SELECT blob FROM manifest_blob WHERE manifest = (SELECT manifest FROM model_version WHERE number = 2)',
  ) as [{ blob: BlobDigest }];
  sql(database, 'DELETE FROM tree_file');
  const store = await openStore(data);
  expect(await store.catalog.isReferenced(blob)).toBe(true);
  await store.close();
  expect(await check()).toEqual([]);
  await rm(blobPath(data, blob));
  expect(await check()).toMatchObject([
    { check: 'files', where: "a file sealed in version 2 of registered model 'churn 🎉'" },
  ]);
});

test('a damaged file of what a run produced is told by the name of that version', async () => {
  const { data, database, check } = await world();
  const store = await openStore(data);
  const [run] = FILLED_RUNS;
  if (!run) throw new Error('The store has a run.');
  const made = {
    kind: 'produce-artifact',
    run,
    type: 'table',
    name: 'errors',
    folder: '',
    role: '',
  } as const;
  await store.writer.commit(commitOf([made], { at: AT + 20_000 }));
  await store.close();
  expect(await check()).toEqual([]);
  const [{ blob }] = sql(
    database,
    `SELECT blob FROM manifest_blob JOIN artifact_version AS a ON a.digest = manifest_blob.manifest WHERE a.name = 'errors'`,
  ) as [{ blob: BlobDigest }];
  sql(database, 'DELETE FROM tree_file');
  for (const table of ['model', 'model_version']) sql(database, `UPDATE ${table} SET manifest = NULL`);
  sql(database, "DELETE FROM artifact_version WHERE type = 'model'");
  await rm(blobPath(data, blob));
  expect(await check()).toContainEqual(
    expect.objectContaining({ check: 'files', where: 'a file sealed in the table errors@v1' }),
  );
});

async function world() {
  const data = await filledStore(join(await freshFolder(), 'data'));
  const check = async () => (await diagnose({ data })).findings;
  return { data, database: join(data, 'cairn.db'), check };
}
