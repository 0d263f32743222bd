import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { memoryServer, type MemoryServer } from '#tests/memory-server.ts';

let server: MemoryServer;
let client: Client;
let made: string;
let using: string;
beforeAll(async () => {
  server = await memoryServer();
  client = createClient(await server.listen());
  const start = async () => (await client.createRun({ body: { project: '0' } })).id;
  [made, using] = [await start(), await start()];
  await put(made, 'out/errors.csv', 'a,b\n1,2\n');
  await put(made, 'log.txt', 'noise');
});
afterAll(() => server.app.close());

const put = (run: string, path: string, text: string) =>
  client.putRunFile({ params: { run }, query: { path }, body: new TextEncoder().encode(text) });
const produce = (body: Parameters<Client['produceArtifact']>[0]['body'], run = made) =>
  client.produceArtifact({ params: { run }, body });
const use = (body: Parameters<Client['useArtifact']>[0]['body'], run = using) =>
  client.useArtifact({ params: { run }, body });
const errors = { type: 'table', name: 'errors' } as const;

test('what a run produces is a version, numbered by its content, and leads to the runs that use it', async () => {
  const first = await produce({ ...errors, folder: '/out/', role: 'evaluation' });
  expect(first).toMatchObject({ ...errors, number: 1, manifest: first.digest });
  expect(await produce({ ...errors, folder: 'out', role: 'evaluation' })).toEqual(first);
  await put(made, 'out/more.csv', 'c\n');
  expect(await produce({ ...errors, folder: 'out' })).toMatchObject({ number: 2 });
  expect(await use({ ...errors, number: 1, role: 'input' })).toEqual(first);
  expect(await use(errors)).toMatchObject({ number: 2 });

  const { nodes, edges } = await client.getLineage({ query: { root: `run ${using}` } });
  const titles = nodes.map(({ kind, title }) => `${kind} ${title}`);
  expect(titles).toEqual(expect.arrayContaining(['artifact errors@v1', 'artifact errors@v2']));
  expect(edges.length).toBeGreaterThanOrEqual(4);
});

test('what cannot be sealed or is not there is refused with the reason', async () => {
  for (const [asked, fault] of [
    [() => produce({ ...errors, type: 'model' }), { code: 'invalid', field: 'type' }],
    [() => produce({ ...errors, name: ' ' }), { code: 'invalid', field: 'name' }],
    [() => produce({ ...errors, name: 'errors@v3' }), { code: 'invalid', field: 'name' }],
    [() => produce({ ...errors, name: 'n'.repeat(501) }), { code: 'invalid', field: 'name' }],
    [() => produce({ ...errors, role: 'r'.repeat(251) }), { code: 'invalid', field: 'role' }],
    [() => produce({ ...errors, folder: 'nowhere' }), { code: 'not_found' }],
    [() => produce(errors, 'f'.repeat(32)), { code: 'not_found' }],
    [() => use({ ...errors, number: 9 }), { code: 'not_found' }],
    [() => use({ ...errors, type: 'checkpoint' }), { code: 'not_found' }],
    [() => use(errors, 'f'.repeat(32)), { code: 'not_found' }],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    await expect(asked()).rejects.toMatchObject({ fault });
  }
});

test('versions are listed, say what they hold and whose they are, and their bytes stay as they were sealed', async () => {
  await put(made, 'kept/rows.csv', 'one\n');
  const name = 'kept/of name';
  await produce({ type: 'table', name, folder: 'kept', role: 'evaluation' });
  await use({ type: 'table', name, role: 'input' });
  await put(made, 'kept/rows.csv', 'two\n');
  const { digest } = await produce({ type: 'table', name, folder: 'kept' });

  const { artifacts } = await client.listArtifacts({ params: { type: 'table' } });
  expect(artifacts.find(({ latest }) => latest.name === name)).toMatchObject({
    latest: { digest },
    versions: 2,
  });
  const params = { type: 'table', name };
  const { versions, total } = await client.listArtifactVersions({ params, query: { limit: 1 } });
  expect([versions.map(({ number }) => number), total]).toEqual([[2], 2]);

  const first = { ...params, number: 1 };
  expect(await client.getArtifactVersion({ params: first })).toMatchObject({
    version: { number: 1 },
    content: { fileList: [{ path: 'rows.csv', sizeBytes: 4 }], files: 1, sizeBytes: 4 },
    madeBy: [{ id: made, role: 'evaluation' }],
    usedBy: [{ id: using, role: 'input' }],
    isMore: false,
  });
  const read = async (path: string) =>
    Buffer.from(await client.getArtifactFile({ params: first, query: { path } })).toString();
  expect(await read('rows.csv')).toBe('one\n');
  await expect(read('other.csv')).rejects.toMatchObject({ fault: { code: 'not_found' } });
  for (const ask of [
    { ...params, number: 3 },
    { ...params, name: 'kept', number: 1 },
  ]) {
    // oxlint-disable-next-line no-await-in-loop
    await expect(client.getArtifactVersion({ params: ask })).rejects.toMatchObject({
      fault: { code: 'not_found' },
    });
  }
});

test('a dataset that a run made is a dataset among the others before anybody used it', async () => {
  await put(made, 'data/part-0.csv', 'x\n');
  await produce({ type: 'dataset', name: 'cleaned', folder: 'data' });
  const { datasets } = await client.listDatasets({});
  expect(datasets.find(({ name }) => name === 'cleaned')).toMatchObject({ versions: 1, runs: 0 });
  const { versions } = await client.getDataset({ params: { dataset: 'cleaned' } });
  expect(versions.map(({ manifest, digest }) => manifest === digest)).toEqual([true]);
});

test('files are listed a thousand at a time', async () => {
  const names = Array.from({ length: 1001 }, (_, at) => `part-${String(at).padStart(4, '0')}`);
  await Promise.all(names.map((name) => put(using, `shards/${name}`, name)));
  await produce({ type: 'checkpoint', name: 'sharded', folder: 'shards' }, using);
  const params = { type: 'checkpoint', name: 'sharded', number: 1 };
  const { content } = await client.getArtifactVersion({ params });
  expect([content?.files, content?.fileList.length]).toEqual([1001, 1000]);
  const after = content?.fileList.at(-1)?.path ?? '';
  const rest = await client.getArtifactVersion({ params, query: { after } });
  expect(rest.content?.fileList.map(({ path }) => path)).toEqual(['part-1000']);
});
