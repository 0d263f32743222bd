import { each, get, post, type Step } from '../step.ts';

interface Created {
  readonly run: { readonly info: { readonly run_id: string } };
}
const keepRun = (name: string) => ({ keep: { [name]: ({ run }: Created) => run.info.run_id } });
const NOBODY = '0'.repeat(32);
const metric = (more: object) => ({
  run_id: '{scratch}',
  key: 'm',
  value: 1,
  timestamp: 1,
  step: 0,
  ...more,
});
const NAMES = [
  '',
  'x'.repeat(250),
  'x'.repeat(251),
  'a/b',
  'a//b',
  '/a',
  'a/',
  './a',
  '../a',
  '.',
  'a.b',
  'with space',
  'colon:x',
  'ünï',
  '名前',
  'per%cent',
  "quote's",
  'a;b',
  'a\\b',
  'tab\tx',
  'new\nline',
  null,
];

export const logging: readonly Step[] = [
  post(
    'a run for what is strange',
    'runs/create',
    { experiment_id: '{tagged}', run_name: 'scratch', start_time: 1 },
    keepRun('scratch'),
  ),
  post('log a metric', 'runs/log-metric', metric({})),
  post('log it again', 'runs/log-metric', metric({})),
  post('a metric without a step', 'runs/log-metric', {
    run_id: '{scratch}',
    key: 'stepless',
    value: 2,
    timestamp: 2,
  }),
  ...each(
    [1.5, -3, '2.5', 'NaN', 'Infinity', '-Infinity', 'nan', 'much', null, true, '', 1e308, 1e-320, -0],
    (value) =>
      post(
        'a metric of',
        'runs/log-metric',
        metric({ key: `v ${String(value)}`.replace(/[^\w .-]/g, '_'), value }),
      ),
  ),
  ...each([0, -1, 1.5, '7', 'x', null, 2 ** 53], (step) =>
    post('a metric at the step', 'runs/log-metric', metric({ key: 'steps', step })),
  ),
  ...each([0, -1, 1.5, '7', 'x', null], (timestamp) =>
    post('a metric at the time', 'runs/log-metric', metric({ key: 'times', timestamp })),
  ),
  ...each(NAMES, (key) => post('a metric named', 'runs/log-metric', metric({ key }))),
  post('a metric without a key', 'runs/log-metric', { run_id: '{scratch}', value: 1, timestamp: 1 }),
  post('a metric without a value', 'runs/log-metric', { run_id: '{scratch}', key: 'm', timestamp: 1 }),
  post('a metric without a time', 'runs/log-metric', { run_id: '{scratch}', key: 'm', value: 1 }),
  post('a metric of nobody', 'runs/log-metric', { run_id: NOBODY, key: 'm', value: 1, timestamp: 1 }),
  post('a metric of no run', 'runs/log-metric', { key: 'm', value: 1, timestamp: 1 }),
  post('a param', 'runs/log-parameter', { run_id: '{scratch}', key: 'lr', value: '0.1' }),
  post('a param again', 'runs/log-parameter', { run_id: '{scratch}', key: 'lr', value: '0.1' }),
  post('a param changed', 'runs/log-parameter', { run_id: '{scratch}', key: 'lr', value: '0.2' }),
  ...each(['', 'x'.repeat(6000), 17, true, null, 'ünï ✓', 'line\nbreak'], (value) =>
    post('a param of', 'runs/log-parameter', {
      run_id: '{scratch}',
      key: `p ${String(value).length} ${typeof value}`,
      value,
    }),
  ),
  ...each(NAMES, (key) =>
    post('a param named', 'runs/log-parameter', { run_id: '{scratch}', key, value: 'v' }),
  ),
  post('a param without a value', 'runs/log-parameter', { run_id: '{scratch}', key: 'valueless' }),
  post('a param of nobody', 'runs/log-parameter', { run_id: NOBODY, key: 'p', value: 'v' }),
  post('a tag', 'runs/set-tag', { run_id: '{scratch}', key: 't', value: 'v' }),
  post('a tag changed', 'runs/set-tag', { run_id: '{scratch}', key: 't', value: 'w' }),
  ...each(['', 'x'.repeat(8000), 17, null], (value) =>
    post('a tag of', 'runs/set-tag', { run_id: '{scratch}', key: `t ${String(value).length}`, value }),
  ),
  ...each(NAMES, (key) => post('a tag named', 'runs/set-tag', { run_id: '{scratch}', key, value: 'v' })),
  post('delete a tag', 'runs/delete-tag', { run_id: '{scratch}', key: 't' }),
  post('delete a tag again', 'runs/delete-tag', { run_id: '{scratch}', key: 't' }),
  post('a tag of nobody', 'runs/set-tag', { run_id: NOBODY, key: 't', value: 'v' }),
  post('a batch', 'runs/log-batch', {
    run_id: '{three}',
    metrics: [
      { key: 'loss', value: 1, timestamp: 10, step: 0 },
      { key: 'loss', value: 0.5, timestamp: 11, step: 1 },
      { key: 'loss', value: 'NaN', timestamp: 12, step: 2 },
      { key: 'acc', value: 0.9, timestamp: 11, step: 1 },
    ],
    params: [{ key: 'depth', value: '3' }],
    tags: [{ key: 'phase', value: 'train' }],
  }),
  post('an empty batch', 'runs/log-batch', { run_id: '{scratch}' }),
  post('a batch with empty lists', 'runs/log-batch', {
    run_id: '{scratch}',
    metrics: [],
    params: [],
    tags: [],
  }),
  post('one param twice in a batch', 'runs/log-batch', {
    run_id: '{scratch}',
    params: [
      { key: 'q', value: '1' },
      { key: 'q', value: '1' },
    ],
  }),
  post('one param with two values in a batch', 'runs/log-batch', {
    run_id: '{scratch}',
    params: [
      { key: 'q', value: '1' },
      { key: 'q', value: '2' },
    ],
  }),
  post('a param changed in a batch', 'runs/log-batch', {
    run_id: '{scratch}',
    params: [{ key: 'lr', value: '4' }],
  }),
  post('one tag twice in a batch', 'runs/log-batch', {
    run_id: '{scratch}',
    tags: [
      { key: 'twice', value: '1' },
      { key: 'twice', value: '2' },
    ],
  }),
  post('1001 metrics', 'runs/log-batch', {
    run_id: '{scratch}',
    metrics: Array.from({ length: 1001 }, (_, step) => ({ key: 'many', value: 1, timestamp: 1, step })),
  }),
  post('101 params', 'runs/log-batch', {
    run_id: '{scratch}',
    params: Array.from({ length: 101 }, (_, i) => ({ key: `k${i}`, value: '1' })),
  }),
  post('101 tags', 'runs/log-batch', {
    run_id: '{scratch}',
    tags: Array.from({ length: 101 }, (_, i) => ({ key: `k${i}`, value: '1' })),
  }),
  ...each(
    [
      { value: 1, timestamp: 1 },
      { key: 'm', timestamp: 1 },
      { key: 'm', value: 1 },
      { key: 'm', value: 'x', timestamp: 1 },
      { key: '../m', value: 1, timestamp: 1 },
      { key: 'm', value: 1, timestamp: -1 },
      'm',
      null,
    ],
    (bad) => post('a batch with the metric', 'runs/log-batch', { run_id: '{scratch}', metrics: [bad] }),
  ),
  ...each([{ value: '1' }, { key: '../p', value: '1' }, 'p'], (bad) =>
    post('a batch with the param', 'runs/log-batch', { run_id: '{scratch}', params: [bad] }),
  ),
  ...each([{ value: '1' }, { key: '../t', value: '1' }, 't'], (bad) =>
    post('a batch with the tag', 'runs/log-batch', { run_id: '{scratch}', tags: [bad] }),
  ),
  post('a batch to nobody', 'runs/log-batch', { run_id: NOBODY, tags: [{ key: 'a', value: 'b' }] }),
  post('a batch to no run', 'runs/log-batch', { tags: [{ key: 'a', value: 'b' }] }),
  get('all that was logged in batches', 'runs/get?run_id={three}'),
  get('a history', 'metrics/get-history?run_id={three}&metric_key=loss&max_results=100'),
  get('a history in pages', 'metrics/get-history?run_id={three}&metric_key=loss&max_results=2'),
  get('a history of nothing', 'metrics/get-history?run_id={three}&metric_key=nothing&max_results=10'),
  get('a history of nobody', `metrics/get-history?run_id=${NOBODY}&metric_key=loss&max_results=10`),
  get('a history without a key', 'metrics/get-history?run_id={three}'),
  get('a history without a run', 'metrics/get-history?metric_key=loss'),
  get('a history by run_uuid', 'metrics/get-history?run_uuid={three}&metric_key=loss&max_results=100'),
  ...each(['1', '0', '-1', 'x'], (max) =>
    get('a history of at most', `metrics/get-history?run_id={three}&metric_key=acc&max_results=${max}`),
  ),
  get(
    'a bulk history',
    '/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={two}&run_id={three}&metric_key=loss',
  ),
  get('a bulk history without runs', '/ajax-api/2.0/mlflow/metrics/get-history-bulk?metric_key=loss'),
  get('a bulk history without a key', '/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={three}'),
  get(
    'an interval history',
    '/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={three}&run_ids={two}&metric_key=loss&max_results=10',
  ),
  get(
    'an interval history of steps',
    '/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={three}&metric_key=loss&start_step=1&end_step=2&max_results=10',
  ),
  get(
    'an interval history with one end',
    '/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={three}&metric_key=loss&start_step=1',
  ),
  get(
    'an interval history backwards',
    '/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={three}&metric_key=loss&start_step=2&end_step=1',
  ),
  ...each(['0', '2501', '2500', 'x'], (max) =>
    get(
      'an interval history of at most',
      `/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={three}&metric_key=loss&max_results=${max}`,
    ),
  ),
  post('log a model of 2.x', 'runs/log-model', {
    run_id: '{three}',
    model_json: JSON.stringify({
      artifact_path: 'model',
      flavors: {},
      utc_time_created: '2026-01-01 00:00:00',
      model_uuid: 'u',
      run_id: 'x',
    }),
  }),
  ...each(['{', '{}', '[]', '"x"', ''], (model_json) =>
    post('log a model of', 'runs/log-model', { run_id: '{scratch}', model_json }),
  ),
  post('log a model without one', 'runs/log-model', { run_id: '{scratch}' }),
];
