import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type Answer, type MemoryServer } from '#tests/memory-server.ts';

let server: MemoryServer;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());

const post = (path: string, body: object): Promise<Answer> =>
  server.call('POST', `/api/2.0/mlflow/${path}`, body);
const search = (ids: unknown, api = 'api'): Promise<Answer> =>
  server.call('POST', `/${api}/2.0/mlflow/experiments/search-datasets`, { experiment_ids: ids });

async function newExperiment(name: string): Promise<string> {
  return (await post('experiments/create', { name })).json.experiment_id;
}

async function use(experiment: string, datasets: ReadonlyArray<readonly [string, string, string?]>) {
  const made = await post('runs/create', { experiment_id: experiment });
  const run = made.json.run.info.run_id;
  const inputs = datasets.map(([name, digest, context]) => ({
    tags: context === undefined ? [] : [{ key: 'mlflow.data.context', value: context }],
    dataset: { name, digest, source_type: 'local', source: 's' },
  }));
  expect((await post('runs/log-inputs', { run_id: run, datasets: inputs })).status).toBe(200);
  return run;
}

test('says each use of a dataset in an experiment once, with its context', async () => {
  const [a, b, c] = [await newExperiment('a'), await newExperiment('b'), await newExperiment('c')];
  await use(a, [['wine', '1', 'training']]);
  await use(a, [['wine', '1', 'training'], ['wine', '2'], ['iris', '1', 'eval']]); // prettier-ignore
  const deleted = await use(a, [['wine', '1', 'eval']]);
  await post('runs/delete', { run_id: deleted });
  await use(b, [['wine', '1', 'training']]);
  await use(c, [['hidden', '1']]);
  for (const api of ['api', 'ajax-api']) {
    expect(await search([a, Number(b)], api)).toMatchObject({
      status: 200,
      json: {
        dataset_summaries: [
          { experiment_id: a, name: 'iris', digest: '1', context: 'eval' },
          { experiment_id: a, name: 'wine', digest: '1', context: 'eval' },
          { experiment_id: a, name: 'wine', digest: '1', context: 'training' },
          { experiment_id: b, name: 'wine', digest: '1', context: 'training' },
          { experiment_id: a, name: 'wine', digest: '2' },
        ],
      },
    });
  }
});

test('of nothing is nothing, and an experiment that is not there has nothing', async () => {
  expect(await search([await newExperiment('empty'), '987654'])).toMatchObject({ status: 200, json: {} });
});

test('answers a thousand uses and no more', async () => {
  const id = await newExperiment('many');
  for (let run = 0; run < 11; run += 1) {
    await use(
      id,
      Array.from({ length: 100 }, (_, at) => [`d${run}-${at}`, '1'] as const),
    );
  }
  expect((await search([id])).json.dataset_summaries.length).toBe(1000);
});

test('takes twenty experiments, and refuses more or none', async () => {
  const many = (n: number): string[] => Array.from({ length: n }, (_, at) => String(at + 5000));
  expect((await search(many(20))).status).toBe(200);
  for (const [ids, message] of [
    [many(21), 'cannot specify more than 20 experiment_ids. Received 21 experiment_ids.'],
    [[], 'must specify at least one experiment_id.'],
  ] as const) {
    const answer = await search(ids);
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(answer.json.message).toMatch(message);
  }
});
