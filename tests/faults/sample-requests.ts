/** A request as a client sends it: what is fuzzed begins right, or nothing behind the first check is ever reached. */
export interface SampleRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** One of each kind that writes or searches, on both wires, for a run, a model and a project that are there. */
export function sampleRequests({ run, model }: { run: string; model: string }): readonly SampleRequest[] {
  const mlflow = (path: string, body: unknown, method = 'POST') => ({
    method,
    path: `/api/2.0/mlflow${path}`,
    body,
  });
  const dataset = {
    name: 'd',
    digest: 'abc',
    source_type: 'local',
    source: '{"uri":"s3://b/d"}',
    schema: '{}',
    profile: '{}',
  };
  const metrics = [
    { key: 'loss', value: 0.5, timestamp: 1_795_000_000_000, step: 1 },
    { key: 'loss', value: 'NaN', timestamp: 1_795_000_000_001, step: -2 },
  ];
  const search = {
    filter: "metrics.loss > 0.1 AND params.lr LIKE '1%' AND tags.a IN ('b')",
    max_results: 5,
    order_by: ['metrics.loss DESC'],
  };
  return [
    mlflow('/experiments/create', {
      name: 'fuzzed',
      artifact_location: 's3://bucket/a',
      tags: [{ key: 'k', value: 'v' }],
    }),
    mlflow('/experiments/search', {
      ...search,
      filter: "name ILIKE '%a%'",
      order_by: ['name ASC'],
      view_type: 'ALL',
    }),
    mlflow('/experiments/set-experiment-tag', { experiment_id: '0', key: 'k', value: 'v' }),
    mlflow('/experiments/search-datasets', { experiment_ids: ['0'] }),
    mlflow('/runs/create', {
      experiment_id: '0',
      user_id: 'u',
      run_name: 'r',
      start_time: 1,
      tags: [{ key: 'k', value: 'v' }],
    }),
    mlflow('/runs/update', { run_id: run, status: 'FINISHED', end_time: 5, run_name: 'n' }),
    mlflow('/runs/log-metric', { run_id: run, ...metrics[0] }),
    mlflow('/runs/log-parameter', { run_id: run, key: 'lr', value: '0.1' }),
    mlflow('/runs/set-tag', { run_id: run, key: 'a', value: 'b' }),
    mlflow('/runs/log-batch', {
      run_id: run,
      metrics,
      params: [{ key: 'p', value: '1' }],
      tags: [{ key: 't', value: 'x' }],
    }),
    mlflow('/runs/log-inputs', {
      run_id: run,
      datasets: [{ dataset, tags: [{ key: 'mlflow.data.context', value: 'train' }] }],
    }),
    mlflow('/runs/log-model', {
      run_id: run,
      model_json:
        '{"artifact_path":"model","flavors":{"python_function":{}},"run_id":"x","utc_time_created":"2026-11-24"}',
    }),
    mlflow('/runs/search', { experiment_ids: ['0'], run_view_type: 'ACTIVE_ONLY', ...search }),
    mlflow('/logged-models', {
      experiment_id: '0',
      name: 'm',
      model_type: 't',
      source_run_id: run,
      params: [{ key: 'a', value: 'b' }],
      tags: [],
    }),
    mlflow('/logged-models/search', {
      experiment_ids: ['0'],
      ...search,
      order_by: [{ field_name: 'metrics.loss', ascending: true }],
    }),
    mlflow(`/logged-models/${model}/tags`, { tags: [{ key: 'k', value: 'v' }] }, 'PATCH'),
    mlflow(`/logged-models/${model}`, { model_id: model, status: 'LOGGED_MODEL_READY' }, 'PATCH'),
    {
      method: 'POST',
      path: '/api/2.0/mlflow-artifacts/mpu/create/loose',
      body: { path: 'a.bin', num_parts: 2 },
    },
    {
      method: 'GET',
      path: `/api/2.0/mlflow/metrics/get-history?run_id=${run}&metric_key=loss&max_results=5`,
    },
    {
      method: 'GET',
      path: `/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=${run}&metric_key=loss&max_results=5&start_step=0&end_step=9`,
    },
    { method: 'GET', path: `/api/2.0/mlflow/artifacts/list?run_id=${run}&path=a/b` },
    { method: 'POST', path: '/api/projects', body: { name: 'p', tags: [{ key: 'k', value: 'v' }] } },
    {
      method: 'PATCH',
      path: '/api/projects/0',
      body: { objective: { metric: 'loss', direction: 'min', aggregate: 'min' } },
    },
    {
      method: 'POST',
      path: '/api/runs',
      body: { project: '0', name: 'n', params: [{ key: 'a', value: 1.5 }], tags: [{ key: 'k', value: 'v' }] },
    },
    {
      method: 'POST',
      path: '/api/runs/search',
      body: {
        projects: ['0'],
        filter: search.filter,
        order: ['metrics.loss desc'],
        limit: 5,
        view: 'active',
      },
    },
    {
      method: 'POST',
      path: `/api/runs/${run}/log`,
      body: {
        points: [{ metric: 'loss', steps: [3, 4], values: [0.1, 'NaN'] }],
        params: [{ key: 'q', value: 'x' }],
      },
    },
    {
      method: 'POST',
      path: '/api/series/batch',
      body: {
        items: [{ run, metric: 'loss' }],
        x: 'step',
        pixels: 100,
        smoothing: 0.5,
      },
    },
    { method: 'PATCH', path: `/api/runs/${run}`, body: { name: 'n', status: 'running' } },
    { method: 'GET', path: `/api/runs/${run}/points?metric=loss` },
  ];
}
