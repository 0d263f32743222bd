import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

let server: MemoryServer;
/** In lexical order of their ids: steps 0, 1, … 9999; steps 7, 17, … 997; only step 0, a hundred times. */
let dense = '';
let sparse = '';
let stepless = '';
beforeAll(async () => {
  server = await memoryServer();
  [dense, sparse, stepless] = (await Promise.all([newRun(), newRun(), newRun()])).toSorted() as [
    string,
    string,
    string,
  ];
  await log(
    dense,
    Array.from({ length: 10_000 }, (_, at) => at),
  );
  await log(
    sparse,
    Array.from({ length: 100 }, (_, at) => at * 10 + 7),
  );
  await log(stepless, Array<number>(100).fill(0));
});
afterAll(() => server.app.close());

async function newRun(): Promise<string> {
  const made = await server.call('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0' });
  return made.json.run.info.run_id;
}

async function log(run: string, steps: readonly number[]): Promise<void> {
  const at = steps.map((_, index) => index * 1000);
  const points = [{ metric: 'm', steps, timesMicros: at, values: at }];
  expect((await server.call('POST', `/api/runs/${run}/log`, { points })).status).toBe(200);
}

const interval = (runs: readonly string[], more = '', api = 'ajax-api'): Promise<Answer> =>
  server.call(
    'GET',
    `/${api}/2.0/mlflow/metrics/get-history-bulk-interval?${runs.map((run) => `run_ids=${run}&`).join('')}metric_key=m${more}`,
  );
const stepsOf = ({ json }: Answer, run: string): number[] =>
  json.metrics.filter((point: Json) => point.run_id === run).map((point: Json) => point.step);

test('keeps all points of a run that has few, and 2500 of one that has many, ends included', async () => {
  for (const api of ['api', 'ajax-api']) {
    const answer = await interval([sparse, dense], '', api);
    expect(answer.json.metrics[0]).toEqual({ key: 'm', value: 0, timestamp: 0, step: 0, run_id: dense });
    const steps = stepsOf(answer, dense);
    expect([steps.length, steps[0], steps.at(-1)]).toEqual([2500, 0, 9999]);
    expect(stepsOf(answer, sparse)).toEqual(Array.from({ length: 100 }, (_, at) => at * 10 + 7));
  }
});

test('samples steps evenly, and always keeps the least and the greatest of each run', async () => {
  const answer = await interval([dense, sparse], '&max_results=5');
  expect(stepsOf(answer, dense)).toEqual([0, 2000, 4000, 6000, 9999]);
  expect(stepsOf(answer, sparse)).toEqual([7, 207, 407, 607, 997]);
});

test('makes the earlier buckets larger where they do not divide, as SQL’s NTILE does', async () => {
  expect(stepsOf(await interval([sparse], '&max_results=7'), sparse)).toEqual([
    7, 157, 307, 447, 587, 727, 997,
  ]);
});

test('of one point is the last', async () => {
  expect(stepsOf(await interval([dense], '&max_results=1'), dense)).toEqual([9999]);
});

test('samples values that share a step, rather than answer all of them', async () => {
  const { metrics } = (await interval([stepless], '&max_results=3')).json;
  expect(metrics.map((point: Json) => point.timestamp)).toEqual([0, 34, 99]);
});

test('within two steps holds both, and the ends of each run between them', async () => {
  const answer = await interval([dense, sparse], '&start_step=10&end_step=60&max_results=3');
  expect(stepsOf(answer, dense)).toEqual([10, 27, 60]);
  expect(stepsOf(answer, sparse)).toEqual([17, 37, 57]);
  expect(stepsOf(await interval([dense], '&start_step=5&end_step=5'), dense)).toEqual([5]);
  expect((await interval([dense], '&start_step=10001&end_step=20000')).json).toEqual({});
  expect((await interval([dense], '&start_step=-9&end_step=-1')).json).toEqual({});
  expect((await interval([sparse], '&start_step=8&end_step=16')).json).toEqual({});
});

test('leaves out runs that are not there', async () => {
  expect((await interval(['f'.repeat(32), 'nonsense'])).json).toEqual({});
});

test('refuses one bound alone, bounds in the wrong order, and limits beyond 1 to 2500 points and 100 runs', async () => {
  const both = 'If either start step or end step are specified, both must be specified.';
  const many = Array.from({ length: 101 }, (_, at) => String(at).padStart(32, '0'));
  for (const [answer, message] of [
    [await interval([dense], '&start_step=1'), both],
    [await interval([dense], '&end_step=1'), both],
    [await interval([dense], '&start_step=2&end_step=1'), 'end_step must be greater than start_step'],
    [await interval([dense], '&start_step=1.5&end_step=2'), 'start_step'],
    [await interval([dense], '&max_results=0'), 'max_results'],
    [await interval([dense], '&max_results=2501'), 'at most 2500'],
    [await interval(many), 'more than 100 run_ids. Received 101 run_ids'],
    [await interval([]), "Missing value for required parameter 'run_ids'"],
  ] as const) {
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(answer.json.message).toMatch(message);
  }
});
