import { each, get, post, type Step } from '../step.ts';

export const encodings: readonly Step[] = [
  get('health', '/health'),
  get('version', '/version'),
  get('server info', '/api/3.0/mlflow/server-info'),
  post(
    'JSON in JSON',
    'experiments/search',
    JSON.stringify(JSON.stringify({ max_results: 1, filter: "name = 'tagged'" })),
  ),
  ...each(
    [
      '{',
      '{"max_results": 1',
      'nonsense',
      '[]',
      '[1]',
      '"text"',
      '17',
      'null',
      'true',
      '{"max_results": 1,}',
    ],
    (body) => post('the body', 'experiments/search', body),
  ),
  ...each(
    [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-8',
      'APPLICATION/JSON',
      'multipart/form-data',
    ],
    (type) => post('the type', 'experiments/search', { max_results: 1, filter: "name = 'tagged'" }, { type }),
  ),
  post('no body', 'experiments/search'),
  post('an empty body', 'experiments/search', ''),
  post('the ajax prefix', '/ajax-api/2.0/mlflow/experiments/search', {
    max_results: 1,
    filter: "name = 'tagged'",
  }),
  post('the wrong version', '/api/3.0/mlflow/experiments/search', { max_results: 1 }),
  ...each(
    [
      '/api/2.0/mlflow/nothing',
      '/api/2.0/nothing',
      '/api/9.0/mlflow/runs/get',
      '/ajax-api/2.0/mlflow/nothing',
    ],
    (path) => get('the path', path),
  ),
  get('a key twice', 'experiments/get?experiment_id=0&experiment_id=1'),
  get('a trailing slash', 'experiments/get/?experiment_id=0'),
  get('a double slash', '/api/2.0//mlflow/experiments/get?experiment_id=0'),
];
