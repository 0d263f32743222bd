import { mkdir, writeFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, sql } from '#storage/care/testing/stores.ts';
import { commitOf, createRun, runIdOf } from '#storage/conformance/sample-changes.ts';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { storePlace, type StorePlace } from './store-place.ts';
import { freshDirectory, openAt, readAt } from './testing/stores.ts';
import { transferStore } from './transfer-store.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test('a source on which a server runs is refused, of either kind, and so is such a target', async () => {
  for (const kind of ['directory', 'postgres'] as const) {
    const busy = await smallStore(kind);
    const running = await openAt(busy);
    const away = transferStore({ from: busy, to: await emptyPlace('directory') });
    await expect(away).rejects.toMatchObject({ code: 'conflict' });
    const into = transferStore({ from: await smallStore('directory'), to: busy });
    await expect(into).rejects.toMatchObject({ code: 'conflict' });
    await running.close();
  }
});

test('a server that lost its writing connection is noticed all the same', async () => {
  const busy = await smallStore('postgres');
  const running = await openAt(busy);
  const name = nameOf(busy.kind === 'postgres' ? busy.address.url : '');
  await server.query(
    "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND datname = current_database()",
    name,
  );
  const away = transferStore({ from: busy, to: await emptyPlace('directory') });
  await expect(away).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('A server has the database') as string,
  });
  await running.close();
});

test('while a store is moved, no server opens either side', async () => {
  const [from, to] = [await smallStore('postgres'), await emptyPlace('postgres')];
  const tried: Promise<unknown>[] = [];
  const tryToOpen = (place: StorePlace) => openAt(place).catch((error: unknown) => error);
  await transferStore({
    from,
    to,
    onProgress: ({ stage }) => {
      if (stage === 'rows' && tried.length === 0) tried.push(tryToOpen(from), tryToOpen(to));
    },
  });
  expect(tried).toHaveLength(2);
  for (const refusal of await Promise.all(tried)) {
    expect(refusal).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('cairn migrate') as string,
    });
  }
});

test('a target with anything in it is left as it is', async () => {
  const from = await smallStore('directory');
  for (const kind of ['directory', 'postgres'] as const) {
    const full = await smallStore(kind);
    const before = await readAt(full, (store) => store.catalog.activeRuns());
    await expect(transferStore({ from, to: full })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('not empty') as string,
    });
    expect(await readAt(full, (store) => store.catalog.activeRuns())).toEqual(before);
  }
  const papers = await freshDirectory();
  await mkdir(papers);
  await writeFile(join(papers, 'thesis.tex'), 'x');
  await expect(transferStore({ from, to: storePlace(papers, undefined) })).rejects.toThrow(/thesis\.tex/);
  const { url } = await server.freshDatabase();
  await server.query('CREATE TABLE theirs (id INT PRIMARY KEY); INSERT INTO theirs VALUES (1)', nameOf(url));
  await expect(transferStore({ from, to: storePlace(url, await freshFolder()) })).rejects.toThrow(/'theirs'/);
});

test('a source of a newer or an older version, or none, is refused', async () => {
  const to = await emptyPlace('postgres');
  const newer = await freshDirectory();
  await readAt(storePlace(newer, undefined), async () => undefined);
  sql(join(newer, 'cairn.db'), "INSERT INTO schema_migration VALUES ('catalog-9999', 0)");
  await expect(transferStore({ from: storePlace(newer, undefined), to })).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('catalog-9999') as string,
  });
  const older = await freshDirectory();
  await readAt(storePlace(older, undefined), async () => undefined);
  sql(join(older, 'cairn.db'), "DELETE FROM schema_migration WHERE name = 'commit-log-0001'");
  await expect(transferStore({ from: storePlace(older, undefined), to })).rejects.toThrow(/older version/);
  for (const none of [await emptyPlace('directory'), await emptyPlace('postgres')]) {
    await expect(transferStore({ from: none, to })).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('a directory that is not the one of the files is told before anything is moved', async () => {
  const from = await smallStore('postgres');
  if (from.kind !== 'postgres') throw new Error('It is in PostgreSQL.');
  const [wrong, to] = [storePlace(from.address.url, await freshFolder()), await emptyPlace('directory')];
  await expect(transferStore({ from: wrong, to })).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('--data') as string,
  });
  expect(await transferStore({ from, to })).toMatchObject({ resumed: false });
});

test('a text that PostgreSQL cannot hold stops the transfer and names its table', async () => {
  const from = await smallStore('directory');
  const file = from.kind === 'directory' ? join(from.directory, 'cairn.db') : '';
  sql(file, "UPDATE run SET name = 'a' || char(0)");
  const refused = transferStore({ from, to: await emptyPlace('postgres') });
  await expect(refused).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringMatching(/A row of 'run'.*0x00/) as string,
  });
});

test('no message shows a password', async () => {
  const wrong = new URL(server.url());
  wrong.password = 'hunter2';
  const places = [
    () => storePlace(wrong.href, '/tmp/x'),
    () => storePlace('mysql://a:hunter2@b/c', '/tmp/x'),
  ];
  for (const place of places) {
    const refusal: unknown = await (async () =>
      transferStore({ from: place(), to: await emptyPlace('directory') }))().catch((error: unknown) => error);
    expect(inspect(refusal)).toContain('Fault');
    expect(inspect(refusal, { depth: 9, showHidden: true })).not.toContain('hunter2');
  }
  expect(() => storePlace(server.url(), undefined)).toThrow(/--data/);
});

async function emptyPlace(kind: StorePlace['kind']): Promise<StorePlace> {
  if (kind === 'directory') return storePlace(await freshDirectory(), undefined);
  const { url } = await server.freshDatabase();
  return storePlace(url, await freshFolder());
}

async function smallStore(kind: StorePlace['kind']): Promise<StorePlace> {
  const place = await emptyPlace(kind);
  await readAt(place, (store) => store.writer.commit(commitOf([createRun(runIdOf(1))])));
  return place;
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
