import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type MemoryServer } from '#tests/memory-server.ts';
import { ApiError, createClient, type Client } from './client.ts';
import { fromMetricValue, toMetricValue } from './numbers.ts';
import { decodeSeriesFrame } from './series-frame.ts';

let server: MemoryServer;
let client: Client;
beforeAll(async () => {
  server = await memoryServer();
  client = createClient(await server.listen());
});
afterAll(() => server.app.close());

const VALUES = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, -1.7976931348623157e308, 0.1, 2 ** 53 + 2];

test('every double comes back as it was logged', async () => {
  const { id } = await client.createRun({ body: { project: '0', name: 'värden 文' } });
  const steps = VALUES.map((_, at) => at - 2.5);
  const timesMicros = VALUES.map((_, at) => 1_700_000_000_000_001 + at);
  const points = [{ metric: 'a/b c', steps, timesMicros, values: VALUES.map(toMetricValue) }];
  await client.logToRun({ params: { run: id }, body: { points } });
  const read = await client.readPoints({ params: { run: id }, query: { metric: 'a/b c' } });
  expect(read).toMatchObject({ metric: 'a/b c', steps, timesMicros });
  expect(read.values.map(fromMetricValue)).toEqual(VALUES);
  const frame = await client.readSeries({ body: { items: [{ run: id, metric: 'a/b c' }], pixels: 8192 } });
  expect(decodeSeriesFrame(frame)[0]).toMatchObject({ run: id, metric: 'a/b c', points: VALUES.length });
});

test('params keep their type and text, names and tags their letters', async () => {
  const values = [1e-7, 'a"b\\\n', true, null] as const;
  const params = values.map((value, at) => ({ key: `p${at}`, value }));
  const tags = [{ key: 'k/ü', value: '文件 😀' }];
  const { id } = await client.createRun({ body: { project: '0', params, tags } });
  const run = await client.getRun({ params: { run: id } });
  expect(run.params).toEqual([
    { key: 'p0', text: '1e-7', type: 'number' },
    { key: 'p1', text: 'a"b\\\n', type: 'string' },
    { key: 'p2', text: 'true', type: 'boolean' },
    { key: 'p3', text: 'null', type: 'null' },
  ]);
  expect(run.tags).toContainEqual(tags[0]);
  await client.deleteRunTag({ params: { run: id, key: 'k/ü' } });
  expect((await client.getRun({ params: { run: id } })).tags).not.toContainEqual(tags[0]);
});

test.each(['application/octet-stream', 'application/json', 'text/plain', 'multipart/form-data'])(
  'a file sent as %s is kept as its bytes',
  async (type) => {
    const { id } = await client.createRun({ body: { project: '0' } });
    const bytes = new TextEncoder().encode('{"not": "a message", ');
    const ask = { params: { run: id }, query: { path: 'ä b/c%d.json' } };
    await client.putRunFile({ ...ask, body: bytes }, { headers: { 'content-type': type } });
    expect(new Uint8Array(await client.getRunFile(ask))).toEqual(bytes);
  },
);

test('a refusal is an ApiError with the server’s words', async () => {
  const refused = client.getRun({ params: { run: 'f'.repeat(32) } });
  await expect(refused).rejects.toBeInstanceOf(ApiError);
  await expect(refused).rejects.toMatchObject({ status: 404, fault: { code: 'not_found' } });
});

test('a filter that does not parse is refused with the position', async () => {
  const refused = client.searchRuns({ body: { projects: ['0'], filter: 'metrics.a > ' } });
  await expect(refused).rejects.toMatchObject({
    status: 400,
    fault: { code: 'invalid', position: expect.any(Number) },
  });
});

test('a repeated log with one idempotency key counts once', async () => {
  const { id } = await client.createRun({ body: { project: '0' } });
  const ask = { params: { run: id }, body: { points: [{ metric: 'm', steps: [1], values: [2] }] } };
  const once = { headers: { 'idempotency-key': 'k1' } };
  const first = await client.logToRun(ask, once);
  expect(first.isRepeat).toBe(false);
  expect(await client.logToRun(ask, once)).toEqual({ sequence: first.sequence, isRepeat: true });
});
