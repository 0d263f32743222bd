import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { fromMetricValue } from '#core/contract/numbers.ts';
import { init } from './init.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';

let server: RunningServer;
let client: Client;
const warnings: string[] = [];
const warn = (line: string): void => void warnings.push(line);

beforeAll(async () => {
  server = await startServer();
  client = createClient(server.origin);
}, 30_000);
afterAll(() => server.stop());

test('what is logged is read back bit for bit, with its steps and times', async () => {
  const run = await init({ project: 'round trip', server: server.origin, warn });
  const values = [1.5, -0, Number.NaN, Infinity, -Infinity, 5e-324, 0.1 + 0.2, Number.MAX_VALUE];
  values.forEach((value, at) =>
    run.log({ 'train/loss': value }, { step: at - 3, time: 1_700_000_000_000.25 + at }),
  );
  await run.finish();
  const read = await client.readPoints({ params: { run: run.id }, query: { metric: 'train/loss' } });
  expect(read.values.map(fromMetricValue)).toEqual(values);
  expect(read.steps).toEqual(values.map((_, at) => at - 3));
  expect(read.timesMicros[0]).toBe(1_700_000_000_000_250);
});

test('without a step each log is one step later than the last', async () => {
  const run = await init({ project: 'steps', server: server.origin, warn });
  run.log({ a: 1 });
  run.log({ a: 2, b: 2 });
  run.log({ a: 3 }, { step: 10 });
  run.log({ b: 4 });
  await run.flush();
  const steps = async (metric: string) =>
    (await client.readPoints({ params: { run: run.id }, query: { metric } })).steps;
  expect(await steps('a')).toEqual([0, 1, 10]);
  expect(await steps('b')).toEqual([1, 11]);
  await run.finish();
});

test('a workspace has its own project of a name, by option or by variable, and the page is in it', async () => {
  await client.createWorkspace({ body: { id: 'vision' } });
  const common = { project: 'same', server: server.origin, warn };
  const usual = await init(common);
  const there = await init({ ...common, workspace: 'vision' });
  expect(there.project.id).not.toBe(usual.project.id);
  expect(there.url).toBe(`${server.origin}/w/vision/p/${there.project.id}-same/runs/1`);
  process.env['CAIRN_WORKSPACE'] = 'vision';
  const byVariable = await init(common).finally(() => delete process.env['CAIRN_WORKSPACE']);
  expect(byVariable.project.id).toBe(there.project.id);
  const api = createClient(server.origin, { workspace: 'vision' });
  expect((await api.listProjects({})).projects.map(({ id }) => id)).toEqual([there.project.id]);
  expect((await api.listProjects({ query: { workspace: 'default' } })).projects).not.toEqual([]);
  for (const run of [usual, there, byVariable]) await run.finish();
});

test('config, tags, source, objective and the end of a run are on the server', async () => {
  const run = await init({
    project: 'document',
    name: 'first',
    server: server.origin,
    config: { lr: 0.1, optim: { name: 'sgd', nesterov: true } },
    tags: { team: 'vision' },
    objective: { metric: 'val/acc', direction: 'max' },
    warn,
  });
  run.config({ layers: [64, 10], seed: null });
  run.tag('note', 'grüße 你好');
  await run.finish();
  const stored = await client.getRun({ params: { run: run.id } });
  expect(stored).toMatchObject({ name: 'first', status: 'finished', number: run.number });
  expect(stored.endedAt).toBeGreaterThanOrEqual(stored.startedAt);
  const params = Object.fromEntries(stored.params.map(({ key, text }) => [key, text]));
  expect(params).toMatchObject({
    lr: '0.1',
    'optim/name': 'sgd',
    'optim/nesterov': 'true',
    layers: '[64,10]',
  });
  const tags = Object.fromEntries(stored.tags.map(({ key, value }) => [key, value]));
  expect(tags).toMatchObject({ team: 'vision', note: 'grüße 你好', 'mlflow.source.type': 'LOCAL' });
  expect(stored.source.command).toMatch(/^node/);
  const { projects } = await client.listProjects({});
  expect(projects.find(({ name }) => name === 'document')?.objective).toMatchObject({
    metric: 'val/acc',
    direction: 'max',
    aggregate: 'max',
    origin: 'declared',
  });
});

test('files come from text, bytes, a local path and a stream', async () => {
  const run = await init({ project: 'files', server: server.origin, warn });
  const bytes = Buffer.from([0, 255, 10, 13]);
  const stored = [
    run.file('notes/a b.txt', 'grüße'),
    run.file('bytes.bin', bytes),
    run.file('here.ts', { from: import.meta.filename }),
    run.file('stream.bin', Readable.from([Buffer.from('one '), Buffer.from('two')])),
  ];
  bytes.fill(7);
  const missing = run.file('nothing', { from: '/no/such/file' });
  await run.finish();
  expect(await Promise.all(stored)).toEqual([true, true, true, true]);
  expect(await missing).toBe(false);
  expect(warnings.at(-1)).toMatch(/file 'nothing' was not stored: ENOENT/);
  const read = async (path: string) =>
    Buffer.from(await client.getRunFile({ params: { run: run.id }, query: { path } }));
  expect((await read('notes/a b.txt')).toString()).toBe('grüße');
  expect([...(await read('bytes.bin'))]).toEqual([0, 255, 10, 13]);
  expect((await read('here.ts')).toString()).toContain('from text, bytes, a local path and a stream');
  expect((await read('stream.bin')).toString()).toBe('one two');
});

test('a name that the server refuses costs only itself and is named once', async () => {
  const run = await init({ project: 'refusals', server: server.origin, warn });
  for (let step = 0; step < 3; step += 1) run.log({ 'bad*name': step, loss: step, acc: step });
  run.config({ 'no?': 1, lr: 1 });
  await run.flush();
  const stored = await client.getRun({ params: { run: run.id } });
  expect(stored.metrics.map(({ key }) => key).toSorted()).toEqual(['acc', 'loss']);
  expect(stored.params.map(({ key }) => key)).toEqual(['lr']);
  const told = warnings.filter((line) => line.includes('not stored') && !line.startsWith('file'));
  expect(told).toHaveLength(2);
  expect(told.join('\n')).toMatch(/metric 'bad\*name' is not stored: Invalid metric name/);
  await run.finish();
});

test('what is no number, and what comes after the end, is refused with a warning and no exception', async () => {
  const run = await init({ project: 'refusals', server: server.origin, warn });
  run.log({ loss: 'low' as unknown as number, acc: 1 });
  run.log({ acc: 2 }, { step: Number.NaN });
  await run.finish();
  run.log({ acc: 3 });
  const stored = await client.readPoints({ params: { run: run.id }, query: { metric: 'acc' } });
  expect(stored.values).toEqual([1]);
  expect(warnings.slice(-3).join('\n')).toMatch(
    /'loss' is not a number.*\n.*step must be finite.*\n.*after finish/,
  );
});

test('a wrong address is told with what to do', async () => {
  const started = init({ project: 'x', server: 'http://127.0.0.1:9', timeoutMs: 300, warn });
  await expect(started).rejects.toThrow(/Cairn at http:\/\/127\.0\.0\.1:9 cannot be reached.*cairn server/);
});

test('what is produced is sealed once its files are there, used by another run, and refused with a warning', async () => {
  const [one, two] = [
    await init({ project: 'tables', server: server.origin, warn }),
    await init({ project: 'tables', server: server.origin, warn }),
  ];
  void one.file('out/errors.csv', 'a,b\n1,2\n');
  const errors = { type: 'table', name: 'errors' } as const;
  expect(await one.produce({ ...errors, folder: 'out', role: 'evaluation' })).toBe(1);
  expect(await two.use({ ...errors, number: 1, role: 'input' })).toBe(1);
  const { nodes } = await client.getLineage({ query: { root: `run ${two.id}` } });
  expect(nodes.map(({ title }) => title)).toEqual(expect.arrayContaining(['errors@v1', 'tables 1']));
  warnings.length = 0;
  expect(await two.use({ ...errors, number: 7 })).toBeUndefined();
  await two.finish();
  expect(await two.produce({ ...errors, folder: '' })).toBeUndefined();
  expect(warnings).toEqual([
    expect.stringContaining('There is no table errors@v7.'),
    expect.stringContaining('produce() after finish() does nothing.'),
  ]);
  await one.finish();
});
