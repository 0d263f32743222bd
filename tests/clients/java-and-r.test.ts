import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../running-server.ts';
import { rawRequest, type RawAnswer } from './raw-request.ts';

// What MLflow's Java and R clients send, letter by letter: protobuf's JSON printer (int64 as text, doubles as Java
// prints them, lines and indents) and R's jsonlite (every scalar as text, round numbers as 1e+05). Both name a run by
// run_uuid and run_id at once, and neither says how many points of a history it wants.

const MLFLOW = '/api/2.0/mlflow';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ args: ['--log-level', 'warn'] });
});
afterAll(async () => {
  await server.stop();
});

const get = (path: string): Promise<RawAnswer> => rawRequest(server.origin, 'GET', `${MLFLOW}/${path}`);
async function post(path: string, body: string): Promise<RawAnswer['json']> {
  const { status, json, text } = await rawRequest(server.origin, 'POST', `${MLFLOW}/${path}`, { body });
  expect([status, text]).toEqual([200, text]);
  return json;
}

describe('the Java client', () => {
  let run = '';
  beforeAll(async () => {
    const created = await post(
      'runs/create',
      '{\n  "experiment_id": "0",\n  "user_id": "ana",\n  "start_time": "1700000000123",\n  "tags": [{\n    "key": "mlflow.source.type",\n    "value": "LOCAL"\n  }]\n}',
    );
    run = created.run.info.run_id;
  });

  test('creates a run with its start as text, and reads it as a number', async () => {
    const { json } = await get(`runs/get?run_uuid=${run}&run_id=${run}`);
    expect(json.run.info).toMatchObject({
      run_uuid: run,
      run_id: run,
      user_id: 'ana',
      start_time: 1_700_000_000_123,
      status: 'RUNNING',
    });
  });

  test('logs doubles as Java spells them', async () => {
    for (const value of ['1.0', '1.0E10', '4.9E-324', '-0.0', '"NaN"', '"Infinity"', '"-Infinity"']) {
      await post(
        'runs/log-metric',
        `{\n  "run_uuid": "${run}",\n  "key": "m",\n  "value": ${value},\n  "timestamp": "1700000000123",\n  "step": "0",\n  "run_id": "${run}"\n}`,
      );
    }
    const { json } = await get(`metrics/get-history?run_uuid=${run}&run_id=${run}&metric_key=m`);
    const values = json.metrics.map((point: { value: unknown }) => point.value);
    expect(values).toHaveLength(7);
    expect(new Set(values)).toEqual(
      new Set([1, 1e10, 5e-324, -0, 'NaN', Number.MAX_VALUE, -Number.MAX_VALUE]),
    );
    expect(json).not.toHaveProperty('next_page_token');
  });

  test('logs a batch with steps and times as text, negative steps and long ones too', async () => {
    await post(
      'runs/log-batch',
      `{\n  "run_id": "${run}",\n  "metrics": [{\n    "key": "b",\n    "value": 0.5,\n    "timestamp": "1",\n    "step": "-5"\n  }, {\n    "key": "b",\n    "value": 0.25,\n    "timestamp": "9007199254740",\n    "step": "9007199254740991"\n  }],\n  "params": [{\n    "key": "p",\n    "value": "\\u003chtml\\u003e"\n  }],\n  "tags": [{\n    "key": "t",\n    "value": "v"\n  }]\n}`,
    );
    const { json } = await get(`metrics/get-history?run_uuid=${run}&run_id=${run}&metric_key=b`);
    expect(json.metrics.map((point: { step: number }) => point.step)).toEqual([-5, 9_007_199_254_740_991]);
    expect((await get(`runs/get?run_id=${run}`)).json.run.data.params).toEqual([
      { key: 'p', value: '<html>' },
    ]);
  });

  test('searches runs and experiments, with limits as Java types them', async () => {
    const runs = await post(
      'runs/search',
      '{\n  "experiment_ids": ["0"],\n  "filter": "tags.t = \'v\'",\n  "run_view_type": "ACTIVE_ONLY",\n  "max_results": 1000,\n  "order_by": ["metrics.b DESC"]\n}',
    );
    expect(runs.runs.map((found: RawAnswer['json']) => found.info.run_id)).toEqual([run]);
    const experiments = await post(
      'experiments/search',
      '{\n  "max_results": "1000",\n  "view_type": "ALL"\n}',
    );
    expect(experiments.experiments[0]).toMatchObject({ experiment_id: '0', name: 'Default' });
    const named = await get('experiments/get-by-name?experiment_name=Default');
    expect(named.json.experiment.experiment_id).toBe('0');
  });

  test('ends the run with a status by name and an end as text', async () => {
    const { run_info: info } = await post(
      'runs/update',
      `{\n  "run_uuid": "${run}",\n  "status": "FAILED",\n  "end_time": "1700000009123",\n  "run_id": "${run}"\n}`,
    );
    expect(info).toMatchObject({ run_id: run, status: 'FAILED', end_time: 1_700_000_009_123 });
  });
});

describe('the R client', () => {
  let run = '';
  beforeAll(async () => {
    const created = await post(
      'runs/create',
      '{"experiment_id":"0","user_id":"ben","start_time":"1.7e+12","tags":[{"key":"mlflow.user","value":"ben"}]}',
    );
    run = created.run.info.run_uuid;
  });

  test('finds its run by run_uuid, with a round start', async () => {
    const { json } = await get(`runs/get?run_uuid=${run}&run_id=${run}`);
    expect(json.run.info).toMatchObject({ run_uuid: run, start_time: 1_700_000_000_000, user_id: 'ben' });
  });

  test('logs numbers as text, round steps as 1e+05', async () => {
    for (const step of ['99999', '1e+05', '100001', '1.2e+06']) {
      await post(
        'runs/log-metric',
        `{"run_uuid":"${run}","run_id":"${run}","key":"loss","value":"0.333333333333333","timestamp":"1.7e+12","step":"${step}"}`,
      );
    }
    const { json } = await get(`metrics/get-history?run_uuid=${run}&run_id=${run}&metric_key=loss`);
    expect(json.metrics.map((point: { step: number }) => point.step)).toEqual([
      99_999, 100_000, 100_001, 1_200_000,
    ]);
    expect(json.metrics[0]).toMatchObject({ value: 0.333333333333333, timestamp: 1_700_000_000_000 });
  });

  test('logs a data frame of metrics', async () => {
    await post(
      'runs/log-batch',
      `{"run_id":"${run}","metrics":[{"key":"m","value":"0.5","step":"0","timestamp":"1.6e+12"},{"key":"n","value":"NaN","step":"1e+05","timestamp":"1577836800123"},{"key":"i","value":"-Infinity","step":"0","timestamp":"1577836800123"}],"tags":[{"key":"t","value":"v"}]}`,
    );
    const { metrics } = (await get(`runs/get?run_id=${run}`)).json.run.data;
    expect(metrics).toContainEqual({ key: 'm', value: 0.5, timestamp: 1_600_000_000_000, step: 0 });
    expect(metrics).toContainEqual({ key: 'n', value: 'NaN', timestamp: 1_577_836_800_123, step: 100_000 });
  });

  test('searches with what it has not said left out', async () => {
    const { runs } = await post('runs/search', '{"experiment_ids":["0"],"run_view_type":"ACTIVE_ONLY"}');
    expect(runs.map((found: RawAnswer['json']) => found.info.run_uuid)).toContain(run);
    const listed = await get(`artifacts/list?run_uuid=${run}&run_id=${run}`);
    expect(listed.json).toEqual({ root_uri: `mlflow-artifacts:/0/${run}/artifacts` });
  });

  test('ends the run, and a status that is none is refused', async () => {
    const end = (status: string) =>
      `{"run_uuid":"${run}","run_id":"${run}","status":"${status}","end_time":"1700000001000"}`;
    const { run_info: info } = await post('runs/update', end('FINISHED'));
    expect(info).toMatchObject({ status: 'FINISHED', end_time: 1_700_000_001_000 });
    const refused = await rawRequest(server.origin, 'POST', `${MLFLOW}/runs/update`, { body: end('DONE') });
    expect([refused.status, refused.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  test.each(['1e+05.5', '1.5', '0x10', '1e-05', '1e+400', 'NaN', ''])(
    'a step of %j is no integer and refused',
    async (step) => {
      const body = { run_id: run, key: 'loss', value: '1', timestamp: '1', step };
      const { status, json } = await rawRequest(server.origin, 'POST', `${MLFLOW}/runs/log-metric`, { body });
      expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    },
  );
});

test.each([
  ['GET', '/api/2.0/mlflow/experiments/list'],
  ['POST', '/api/2.0/preview/mlflow/runs/create'],
  ['POST', '/ajax-api/2.0/preview/mlflow/runs/create'],
])('%s %s, what clients before 2.0 ask, is an unknown endpoint and says so', async (method, path) => {
  const { status, json } = await rawRequest(server.origin, method, path);
  expect([status, json.error_code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
});
