import { each, get, patch, post, remove, type Step } from '../step.ts';

interface Made {
  readonly model: { readonly info: { readonly model_id: string } };
}
const keepModel = (name: string) => ({ keep: { [name]: ({ model }: Made) => model.info.model_id } });
const dataset = {
  name: 'd',
  digest: 'abc',
  source_type: 'local',
  source: '{"uri": "x"}',
  schema: '{}',
  profile: '{"rows": 1}',
};
const NOBODY = `m-${'0'.repeat(32)}`;

export const inputsAndModels: readonly Step[] = [
  post('a dataset', 'runs/log-inputs', {
    run_id: '{three}',
    datasets: [{ tags: [{ key: 'mlflow.data.context', value: 'train' }], dataset }],
  }),
  post('the dataset again, with other tags', 'runs/log-inputs', {
    run_id: '{three}',
    datasets: [{ tags: [{ key: 'mlflow.data.context', value: 'test' }], dataset }],
  }),
  post('the dataset in another run', 'runs/log-inputs', { run_id: '{two}', datasets: [{ dataset }] }),
  get('inputs of a run', 'runs/get?run_id={three}'),
  ...each(
    [
      { ...dataset, name: '' },
      { ...dataset, name: 'x'.repeat(501) },
      { ...dataset, digest: 'x'.repeat(37) },
      { name: 'only a name' },
      {},
      null,
    ],
    (bad) => post('the dataset', 'runs/log-inputs', { run_id: '{scratch}', datasets: [{ dataset: bad }] }),
  ),
  post('no dataset', 'runs/log-inputs', { run_id: '{scratch}' }),
  post('a dataset of nobody', 'runs/log-inputs', { run_id: '0'.repeat(32), datasets: [{ dataset }] }),
  post('search datasets', '/ajax-api/2.0/mlflow/experiments/search-datasets', { experiment_ids: ['{exp}'] }),
  post('search datasets of nothing', '/ajax-api/2.0/mlflow/experiments/search-datasets', {
    experiment_ids: [],
  }),
  post('search datasets of 21 experiments', '/ajax-api/2.0/mlflow/experiments/search-datasets', {
    experiment_ids: Array.from({ length: 21 }, (_, i) => String(i)),
  }),
  ...each(
    [
      "datasets.name = 'd'",
      "dataset.digest = 'abc'",
      "datasets.context = 'train'",
      "datasets.context = 'test'",
      "datasets.name IN ('d', 'e')",
    ],
    (filter) =>
      post('runs by the dataset', 'runs/search', {
        experiment_ids: ['{exp}'],
        max_results: 10,
        filter,
        order_by: ['start_time ASC'],
      }),
  ),
  post(
    'create a model',
    'logged-models',
    {
      experiment_id: '{exp}',
      name: 'net',
      model_type: 'Agent',
      source_run_id: '{three}',
      params: [{ key: 'a', value: '1' }],
      tags: [{ key: 't', value: 'v' }],
    },
    keepModel('model'),
  ),
  get('the model', 'logged-models/{model}'),
  ...each(['a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b", 'ünï'], (name) =>
    post('create a model named', 'logged-models', { experiment_id: '{tagged}', name }, keepModel('named')),
  ),
  post('create a model of nobody', 'logged-models', { experiment_id: '999999', name: 'x' }),
  post('create a model of no experiment', 'logged-models', { name: 'x' }),
  get('a model of nobody', `logged-models/${NOBODY}`),
  get('a model of no shape', 'logged-models/abc'),
  patch('finish a model', 'logged-models/{model}', { model_id: '{model}', status: 'LOGGED_MODEL_READY' }),
  patch('finish a model by number', 'logged-models/{model}', { model_id: '{model}', status: 2 }),
  patch('finish a model in no status', 'logged-models/{named}', { model_id: '{named}', status: 'NONSENSE' }),
  patch('finish nobody', `logged-models/${NOBODY}`, { model_id: NOBODY, status: 'LOGGED_MODEL_READY' }),
  post('params of a model', 'logged-models/{model}/params', {
    model_id: '{model}',
    params: [{ key: 'b', value: '2' }],
  }),
  patch('tags of a model', 'logged-models/{model}/tags', {
    model_id: '{model}',
    tags: [
      { key: 't', value: 'w' },
      { key: 'u', value: 'x' },
    ],
  }),
  remove('delete a tag of a model', 'logged-models/{model}/tags/u', { model_id: '{model}', tag_key: 'u' }),
  remove('delete a tag of a model again', 'logged-models/{model}/tags/u', {
    model_id: '{model}',
    tag_key: 'u',
  }),
  post('outputs', 'runs/outputs', { run_id: '{three}', models: [{ model_id: '{model}', step: 3 }] }),
  get('outputs of a run', 'runs/get?run_id={three}'),
  post('a metric of a model', 'runs/log-metric', {
    run_id: '{three}',
    model_id: '{model}',
    key: 'f1',
    value: 0.8,
    timestamp: 5,
    step: 1,
    dataset_name: 'd',
    dataset_digest: 'abc',
  }),
  get('the model with its metric', 'logged-models/{model}'),
  ...each(
    [
      "name = 'net'",
      "attributes.name = 'net'",
      'metrics.f1 > 0.5',
      "params.a = '1'",
      "tags.t = 'w'",
      "status = 'READY'",
      "name = 'a' OR name = 'b'",
      'nonsense',
    ],
    (filter) => post('models with the filter', 'logged-models/search', { experiment_ids: ['{exp}'], filter }),
  ),
  ...each(
    [
      { field_name: 'name' },
      { field_name: 'metrics.f1', ascending: false },
      { field_name: 'nonsense' },
      { field_name: 'metrics.f1', dataset_name: 'd' },
    ],
    (order) =>
      post('models in the order', 'logged-models/search', { experiment_ids: ['{exp}'], order_by: [order] }),
  ),
  post('models of no experiment', 'logged-models/search', {}),
  post('models measured on a dataset', 'logged-models/search', {
    experiment_ids: ['{exp}'],
    datasets: [{ dataset_name: 'd', dataset_digest: 'abc' }],
  }),
  post('models measured on another dataset', 'logged-models/search', {
    experiment_ids: ['{exp}'],
    datasets: [{ dataset_name: 'other' }],
  }),
  remove('delete a model', 'logged-models/{model}'),
  get('a model that is deleted', 'logged-models/{model}'),
  remove('delete a model again', 'logged-models/{model}'),
];
