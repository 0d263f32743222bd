import { each, get, patch, post, remove, type Step } from '../step.ts';

const keepId = (name: string) => ({
  keep: { [name]: (json: { experiment_id: string }) => json.experiment_id },
});

/** Not those that only one server accepted. */
const KNOWN = "name LIKE 't%'";

export const experiments: readonly Step[] = [
  get('the default experiment', 'experiments/get?experiment_id=0'),
  get('the default experiment by name', 'experiments/get-by-name?experiment_name=Default'),
  post('create', 'experiments/create', { name: 'first' }, keepId('exp')),
  post(
    'create with tags',
    'experiments/create',
    { name: 'tagged', tags: [{ key: 'team', value: 'vision' }] },
    keepId('tagged'),
  ),
  post(
    'create with a location',
    'experiments/create',
    { name: 'elsewhere', artifact_location: 's3://bucket/folder' },
    keepId('elsewhere'),
  ),
  get('what was created', 'experiments/get?experiment_id={exp}'),
  get('what was created, with tags', 'experiments/get?experiment_id={tagged}'),
  get('what was created elsewhere', 'experiments/get?experiment_id={elsewhere}'),
  get('by name', 'experiments/get-by-name?experiment_name=tagged'),
  post('create a name again', 'experiments/create', { name: 'first' }),
  ...each(
    ['', ' ', null, 17, ['a'], 'x'.repeat(501), 'x'.repeat(500), 'a/b', 'Unicode ✓ 名前', '../up'],
    (name) => post('create with the name', 'experiments/create', { name }),
  ),
  post('create without a name', 'experiments/create', {}),
  ...each(
    ['runs:/abc/x', 's3://bucket/a#fragment', 's3://bucket/a;params', 's3://bucket/a?x=../b', '', 17],
    (artifact_location) =>
      post('create at the location', 'experiments/create', {
        name: `at ${String(artifact_location)}`,
        artifact_location,
      }),
  ),
  ...each(['999999', 'abc', '', '-1', '0x0', "0' OR '1'='1"], (id) =>
    get('get the id', `experiments/get?experiment_id=${encodeURIComponent(id)}`),
  ),
  get('get without an id', 'experiments/get'),
  ...each(['nobody', '', 'DEFAULT'], (name) =>
    get('get the name', `experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`),
  ),
  get('get without a name', 'experiments/get-by-name'),
  post('rename', 'experiments/update', { experiment_id: '{exp}', new_name: 'renamed' }),
  post('rename to a taken name', 'experiments/update', { experiment_id: '{exp}', new_name: 'tagged' }),
  post('rename to the same name', 'experiments/update', { experiment_id: '{exp}', new_name: 'renamed' }),
  post('rename to nothing', 'experiments/update', { experiment_id: '{exp}' }),
  post('rename nobody', 'experiments/update', { experiment_id: '999999', new_name: 'x' }),
  post('set a tag', 'experiments/set-experiment-tag', { experiment_id: '{exp}', key: 'k', value: 'v' }),
  post('set a tag again', 'experiments/set-experiment-tag', { experiment_id: '{exp}', key: 'k', value: 'w' }),
  post('set an empty tag', 'experiments/set-experiment-tag', {
    experiment_id: '{exp}',
    key: 'empty',
    value: '',
  }),
  ...each(['', 'x'.repeat(251), 'a//b', '../a', 'ok key:1/2', 'ünï', 'bad;key', null], (key) =>
    post('set a tag with the key', 'experiments/set-experiment-tag', {
      experiment_id: '{exp}',
      key,
      value: 'v',
    }),
  ),
  ...each(['x'.repeat(5000), 'x'.repeat(5001), 17, null], (value) =>
    post('set a tag to', 'experiments/set-experiment-tag', { experiment_id: '{exp}', key: 'long', value }),
  ),
  post('set a tag of nobody', 'experiments/set-experiment-tag', {
    experiment_id: '999999',
    key: 'k',
    value: 'v',
  }),
  post('delete a tag', 'experiments/delete-experiment-tag', { experiment_id: '{exp}', key: 'k' }),
  post('delete a tag again', 'experiments/delete-experiment-tag', { experiment_id: '{exp}', key: 'k' }),
  post('delete', 'experiments/delete', { experiment_id: '{elsewhere}' }),
  post('delete again', 'experiments/delete', { experiment_id: '{elsewhere}' }),
  get('get what is deleted', 'experiments/get?experiment_id={elsewhere}'),
  get('get what is deleted by name', 'experiments/get-by-name?experiment_name=elsewhere'),
  post('create the name of what is deleted', 'experiments/create', { name: 'elsewhere' }),
  post('rename what is deleted', 'experiments/update', { experiment_id: '{elsewhere}', new_name: 'y' }),
  post('set a tag of what is deleted', 'experiments/set-experiment-tag', {
    experiment_id: '{elsewhere}',
    key: 'k',
    value: 'v',
  }),
  post('create a run in what is deleted', 'runs/create', { experiment_id: '{elsewhere}' }),
  post('restore', 'experiments/restore', { experiment_id: '{elsewhere}' }),
  post('restore again', 'experiments/restore', { experiment_id: '{elsewhere}' }),
  post('delete nobody', 'experiments/delete', { experiment_id: '999999' }),
  post('restore nobody', 'experiments/restore', { experiment_id: '999999' }),
  post('delete without an id', 'experiments/delete', {}),
  post('search', 'experiments/search', { max_results: 100, filter: KNOWN, order_by: ['name ASC'] }),
  get(
    'search by GET',
    `experiments/search?max_results=100&order_by=name%20DESC&filter=${encodeURIComponent(KNOWN)}`,
  ),
  ...each(
    [
      "name = 'tagged'",
      "name LIKE 'ta%'",
      "name ILIKE 'TA%'",
      "tags.team = 'vision'",
      "tags.team != 'vision'",
      "tag.team = 'vision'",
      "attribute.name = 'tagged'",
      "name = 'tagged' AND tags.team = 'vision'",
      "creation_time > 0 AND name LIKE 't%'",
      'name > 3',
      'nonsense',
      "name = 'a' OR name = 'b'",
      "unknown.x = 'y'",
      ' ',
    ],
    (filter) =>
      post('search with the filter', 'experiments/search', { max_results: 100, filter, order_by: ['name'] }),
  ),
  ...each(
    [
      'name',
      'name asc',
      'creation_time DESC',
      'experiment_id ASC',
      'last_update_time',
      'nonsense',
      'name SIDEWAYS',
    ],
    (order) =>
      post('search in the order', 'experiments/search', {
        max_results: 1,
        order_by: [order],
        filter: "name = 'tagged'",
      }),
  ),
  ...each([1, 0, -1, 50_000, 50_001, '5', 'many'], (max_results) =>
    post('search for at most', 'experiments/search', {
      max_results,
      order_by: ['name'],
      filter: "name = 'tagged'",
    }),
  ),
  post('search for as many as there are', 'experiments/search', {
    order_by: ['name'],
    filter: "name = 'tagged'",
  }),
  ...each(['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL', 1, 2, 3, 'SOME'], (view_type) =>
    post('search the view', 'experiments/search', { max_results: 10, view_type, filter: "name = 'tagged'" }),
  ),
  post('search from a bad token', 'experiments/search', { max_results: 10, page_token: 'nonsense' }),
  patch('a method that is not there', 'experiments/create', { name: 'patched' }),
  remove('another one', 'experiments/get'),
];
