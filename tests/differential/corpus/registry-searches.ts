import { each, get, post, remove } from '../step.ts';
import { at, NAME, PROMPT, STRANGE, version } from './registry-names.ts';

// Searches of what is there in the end, and the end of it.

/** A query in which `{name}` still stands for what an earlier step kept. */
const asked = (query: Record<string, string>) =>
  new URLSearchParams(query).toString().replaceAll(/%7B(\w+)%7D/g, '{$1}');
const search = (name: string, query: Record<string, string>) =>
  get(name, `model-versions/search?${asked(query)}`);
const searchModels = (name: string, query: Record<string, string>) =>
  get(name, `registered-models/search?${asked(query)}`);
const own = `name = '${NAME}'`;

const searches = [
  ...each(
    [
      '',
      own,
      `name != '${NAME}'`,
      "name LIKE 'registry%'",
      "name ILIKE 'REGISTRY%'",
      "name LIKE 'REGISTRY%'",
      "tags.team = 'growth'",
      "tags.`team` != 'growth'",
      "tags.Team ILIKE 'RI%'",
      `${own} AND tags.data LIKE '%'`,
      `tags.\`${PROMPT}\` != 'true'`,
      `tags.\`${PROMPT}\` = 'false'`,
      `tags.\`${PROMPT}\` = 'true'`,
      `attribute.${own}`,
      "name = 'nobody'",
      "run_id = 'x'",
      'name > 1',
      'name',
      "metrics.a = '1'",
      "name = 'a' OR name = 'b'",
      "name IN ('ünï', '100%')",
    ],
    (filter) => searchModels('models by the filter', { filter }),
  ),
  ...each(['name', 'name DESC', 'nothing', 'version_number'], (order) =>
    searchModels('models in the order', { filter: "name != '100%'", order_by: order }),
  ),
  ...each(['1', '0', '-1', '1000', '1001', 'x'], (most) =>
    searchModels('models, at most', { max_results: most }),
  ),
  searchModels('models with a token of nobody', { page_token: 'nonsense' }),
  ...each(
    [
      own,
      `${own} AND version_number > 2`,
      `${own} AND version_number = 1`,
      `${own} AND version_number <= 2`,
      `${own} AND run_id = '{regRun}'`,
      "run_id IN ('{regRun}', '{otherRun}')",
      "source_path = 's3://bucket/a%20b/model'",
      "source_path LIKE 's3://bucket/%model'",
      `${own} AND tags.data = 'v1'`,
      `${own} AND tags.data != 'v1'`,
      `${own} AND tags.data LIKE 'v%' AND tags.kind = 'a'`,
      `${own} AND tags.\`${PROMPT}\` = 'false'`,
      `tags.\`${PROMPT}\` = 'true'`,
      "name = 'nobody'",
      "name ILIKE 'REGISTRY%' AND version_number = 1",
      'version_number = 1.5',
      "stage = 'None'",
      'name',
      "version_number LIKE '1'",
      "run_id = 'x' OR name = 'y'",
    ],
    (filter) => search('versions by the filter', { filter, order_by: 'version_number ASC' }),
  ),
  ...each(['version_number', 'version_number DESC', 'name', 'nothing', 'run_id'], (order) =>
    search('versions in the order', { filter: own, order_by: order }),
  ),
  ...each(['1', '0', '-1', '200000', '200001', 'x'], (most) =>
    search('versions, at most', { filter: own, order_by: 'version_number', max_results: most }),
  ),
  search('versions with a token of nobody', { page_token: 'nonsense' }),
];

const endings = [
  remove('delete a version', 'model-versions/delete', { name: NAME, version: '2' }),
  remove('delete the version again', 'model-versions/delete', { name: NAME, version: '2' }),
  ...each(['99', 'x', '', null], (number) =>
    remove('delete the version', 'model-versions/delete', { name: NAME, version: number }),
  ),
  get('get a deleted version', `model-versions/get?${at({ version: '2' })}`),
  get('who was it', `registered-models/alias?${at({ alias: 'champion' })}`),
  get('the model afterwards', `registered-models/get?${at()}`),
  version('the next number', { source: 's3://bucket/next' }),
  remove('delete the model', 'registered-models/delete', { name: NAME }),
  remove('delete the model again', 'registered-models/delete', { name: NAME }),
  get('get the deleted model', `registered-models/get?${at()}`),
  get('get a version of it', `model-versions/get?${at({ version: '1' })}`),
  search('versions of it', { filter: own }),
  post('create it anew', 'registered-models/create', { name: NAME }),
  version('its first version', { source: 's3://bucket/first' }),
  get('the tag of the model', 'logged-models/{regModel}'),
];

export const registrySearches = [
  remove('delete the strange one', 'registered-models/delete', { name: STRANGE }),
  ...searches,
  ...endings,
];
