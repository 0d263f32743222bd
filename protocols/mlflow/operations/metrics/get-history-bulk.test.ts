import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

let server: MemoryServer;
/** In lexical order of their ids. */
let runs: string[];
beforeAll(async () => {
  server = await memoryServer();
  const made: string[] = [];
  for (let at = 0; at < 3; at += 1) made.push(await newRun());
  runs = made.toSorted();
});
afterAll(() => server.app.close());

async function newRun(): Promise<string> {
  const made = await server.call('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0' });
  return made.json.run.info.run_id;
}

async function log(run: string | undefined, metric: string, rows: ReadonlyArray<readonly number[]>) {
  const metrics = rows.map(([step, timestamp, value]) => ({ key: metric, step, timestamp, value }));
  const body = { run_id: run, metrics };
  expect((await server.call('POST', '/api/2.0/mlflow/runs/log-batch', body)).status).toBe(200);
}

const bulk = (ids: readonly string[], more = 'metric_key=m', api = 'ajax-api'): Promise<Answer> =>
  server.call(
    'GET',
    `/${api}/2.0/mlflow/metrics/get-history-bulk?${ids.map((id) => `run_id=${id}&`).join('')}${more}`,
  );

test('is the history of each run in turn, by run, timestamp, step and value', async () => {
  await log(runs[2], 'm', [[0, 5, 0.5]]);
  await log(runs[0], 'm', [
    [1, 10, 3],
    [2, 9, 2],
    [0, 10, 1],
  ]);
  for (const api of ['api', 'ajax-api']) {
    const { status, json } = await bulk(runs.toReversed(), 'metric_key=m', api);
    expect(status).toBe(200);
    expect(json).toEqual({
      metrics: [
        { key: 'm', value: 2, timestamp: 9, step: 2, run_id: runs[0] },
        { key: 'm', value: 1, timestamp: 10, step: 0, run_id: runs[0] },
        { key: 'm', value: 3, timestamp: 10, step: 1, run_id: runs[0] },
        { key: 'm', value: 0.5, timestamp: 5, step: 0, run_id: runs[2] },
      ],
    });
  }
});

test('without points is an empty list, not an absent one', async () => {
  expect((await bulk(runs, 'metric_key=none')).json).toEqual({ metrics: [] });
});

test('leaves out what is no run, and names a run once', async () => {
  const ids = [runs[2] ?? '', 'f'.repeat(32), 'nonsense', runs[2] ?? ''];
  expect((await bulk(ids)).json.metrics.map((point: Json) => point.run_id)).toEqual([runs[2]]);
});

test('is cut at 25 000 points of all runs together, or earlier when told', async () => {
  const steps = Array.from({ length: 15_000 }, (_, at) => at);
  for (const run of runs) {
    const points = [{ metric: 'long', steps, timesMicros: steps, values: steps }];
    expect((await server.call('POST', `/api/runs/${run}/log`, { points })).status).toBe(200);
  }
  const countsOf = ({ json }: Answer): number[] =>
    runs.map((run) => json.metrics.filter((point: Json) => point.run_id === run).length);
  expect(countsOf(await bulk(runs, 'metric_key=long'))).toEqual([15_000, 10_000, 0]);
  expect(countsOf(await bulk(runs, 'metric_key=long&max_results=15001'))).toEqual([15_000, 1, 0]);
  expect(countsOf(await bulk(runs, 'metric_key=long&max_results=999999'))).toEqual([15_000, 10_000, 0]);
  expect((await bulk(runs, 'metric_key=long&max_results=0')).json.metrics).toEqual([]);
});

test('of NaN is text, as in every other history', async () => {
  const body = { run_id: runs[1], key: 'nan', value: 'NaN', timestamp: 1, step: 0 };
  await server.call('POST', '/api/2.0/mlflow/runs/log-metric', body);
  expect((await bulk(runs, 'metric_key=nan')).json.metrics[0].value).toBe('NaN');
});

test('takes a hundred runs, and refuses more, none, and what is no number', async () => {
  const many = (n: number): string[] => Array.from({ length: n }, (_, at) => String(at).padStart(32, '0'));
  expect((await bulk(many(100))).status).toBe(200);
  for (const [answer, message] of [
    [await bulk(many(101)), 'more than 100 run_id. Received 101 run_id'],
    [await bulk([]), "Missing value for required parameter 'run_id'"],
    [await bulk(runs, ''), "Missing value for required parameter 'metric_key'"],
    [await bulk(runs, 'metric_key=m&max_results=-1'), 'max_results'],
    [await bulk(runs, 'metric_key=m&max_results=x'), 'max_results'],
  ] as const) {
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(answer.json.message).toMatch(message);
  }
});
