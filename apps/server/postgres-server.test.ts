import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';

const SLOW = { timeout: 60_000 };

let postgres: PostgresServer;
let url: string;
let server: RunningServer;
beforeAll(async () => {
  postgres = await PostgresServer.start();
  ({ url } = await postgres.freshDatabase());
  server = await startServer({ env: { CAIRN_DATABASE: url } });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await postgres[Symbol.asyncDispose]();
});

test(
  'a server on PostgreSQL outlives a crash of its database and has what it acknowledged',
  SLOW,
  async () => {
    const { run_id } = await createRun();
    expect(await logMetric(run_id, 1)).toBe(200);
    await postgres.stop('immediate');
    expect(await logMetric(run_id, 2)).toBe(503);
    await postgres.restart();
    expect(await logMetric(run_id, 3)).toBe(200);
    expect(await stepsOf(run_id)).toEqual([1, 3]);
    await server.restart();
    expect(await stepsOf(run_id)).toEqual([1, 3]);
  },
);

test('the password of the database is in no log line', SLOW, async () => {
  await postgres.stop();
  const answer = await fetch(`${server.origin}/api/2.0/mlflow/experiments/get?experiment_id=0`);
  await answer.text();
  await postgres.restart();
  const { password } = new URL(url);
  expect(password).not.toBe('');
  expect(server.stderr).not.toContain(password);
});

async function createRun(): Promise<{ readonly run_id: string }> {
  const answer = await post('runs/create', { experiment_id: '0' });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { run: { info: { run_id: string } } }).run.info;
}

async function logMetric(run_id: string, step: number): Promise<number> {
  const answer = await post('runs/log-metric', { run_id, key: 'loss', value: step, step, timestamp: 1 });
  await answer.text();
  return answer.status;
}

async function stepsOf(run_id: string): Promise<readonly number[]> {
  const address = `${server.origin}/api/2.0/mlflow/metrics/get-history?run_id=${run_id}&metric_key=loss`;
  const { metrics } = (await (await fetch(address)).json()) as { metrics: { step: number }[] };
  return metrics.map(({ step }) => step).toSorted((a, b) => a - b);
}

function post(path: string, body: object): Promise<Response> {
  return fetch(`${server.origin}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
