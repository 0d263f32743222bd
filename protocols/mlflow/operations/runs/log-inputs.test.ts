import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// What a run was given and what it made, as MLflow says it.

let server: MemoryServer;
let run: string;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());
beforeEach(async () => {
  run = (await post('runs/create', { experiment_id: '0' })).json.run.info.run_id;
});

const post = (path: string, body: unknown): Promise<Answer> =>
  server.call('POST', `/api/2.0/mlflow/${path}`, body);
const stored = async (): Promise<Json> =>
  (await server.call('GET', `/api/2.0/mlflow/runs/get?run_id=${run}`)).json.run;
const context = (value: string) => [{ key: 'mlflow.data.context', value }];
const inputs = (datasets: unknown): Promise<Answer> => post('runs/log-inputs', { run_id: run, datasets });
const DATASET = { name: 'd', digest: '1', source_type: 'local', source: '{}' };
const INVALID = { status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } };

test('a dataset has its context on the edge, and the same edge again changes nothing', async () => {
  await inputs([{ dataset: { ...DATASET, schema: '{"a":1}', profile: '{}' }, tags: context('train') }]);
  await inputs([{ dataset: DATASET, tags: context('eval') }]);
  expect((await stored()).inputs.dataset_inputs).toEqual([
    { tags: context('train'), dataset: { ...DATASET, schema: '{"a":1}', profile: '{}' } },
  ]);
});

test('another digest is another dataset', async () => {
  await inputs([{ dataset: DATASET }, { dataset: { ...DATASET, digest: '2' } }]);
  expect((await stored()).inputs.dataset_inputs.map(({ dataset }: Json) => dataset.digest)).toEqual([
    '1',
    '2',
  ]);
});

test.each([
  ['name', 500],
  ['digest', 36],
  ['source', 65_535],
  ['schema', 1_048_575],
])('a dataset’s %s has at most %i characters', async (field, most) => {
  expect((await inputs([{ dataset: { ...DATASET, [field]: 'x'.repeat(most) } }])).status).toBe(200);
  expect(await inputs([{ dataset: { ...DATASET, [field]: 'x'.repeat(most + 1) } }])).toMatchObject(INVALID);
});

test.each(['name', 'digest'])('a dataset without %s is refused', async (field) => {
  const answer = await inputs([{ dataset: { ...DATASET, [field]: undefined } }]);
  expect(answer).toMatchObject(INVALID);
  expect(answer.json.message).toMatch(`Missing value for required parameter 'datasets.dataset.${field}'`);
});

test('models are inputs and outputs, outputs with a step', async () => {
  const model = (await post('logged-models', { experiment_id: '0' })).json.model.info.model_id;
  await post('runs/log-inputs', { run_id: run, models: [{ model_id: model }] });
  await post('runs/outputs', { run_id: run, models: [{ model_id: model, step: '3' }] });
  const { inputs: given, outputs: made } = await stored();
  expect(given.model_inputs).toEqual([{ model_id: model }]);
  expect(made.model_outputs).toEqual([{ model_id: model, step: 3 }]);
});
