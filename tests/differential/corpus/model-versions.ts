import { each, FILES, get, patch, post, put, remove } from '../step.ts';
import { at, NAME, strange, STRANGE, version } from './registry-names.ts';

// Versions, their stages and aliases.

const sources = [
  post(
    'a run to register',
    'runs/create',
    { experiment_id: '0', run_name: 'one', start_time: 1 },
    {
      keep: { regRun: (json) => json.run.info.run_id },
    },
  ),
  post(
    'another run',
    'runs/create',
    { experiment_id: '0', run_name: 'two', start_time: 1 },
    {
      keep: { otherRun: (json) => json.run.info.run_id },
    },
  ),
  post(
    'a model to register',
    'logged-models',
    { experiment_id: '0', name: 'saved', source_run_id: '{regRun}' },
    {
      keep: { regModel: (json) => json.model.info.model_id },
    },
  ),
  post(
    'another model',
    'logged-models',
    { experiment_id: '0', name: 'other', source_run_id: '{regRun}' },
    {
      keep: { otherModel: (json) => json.model.info.model_id },
    },
  ),
  put('a file of the model', `${FILES}/0/models/{regModel}/artifacts/MLmodel`, 'flavors: {}', {
    type: 'text/plain',
  }),
  put('a file of a run', `${FILES}/0/{regRun}/artifacts/model/MLmodel`, 'flavors: {}', {
    type: 'text/plain',
  }),
  version('register the model', { source: 'models:/{regModel}', model_id: '{regModel}' }),
  strange('register a model without saying so', { source: 'models:/{otherModel}' }),
  version('register the run', { source: 'mlflow-artifacts:/0/{regRun}/artifacts/model', run_id: '{regRun}' }),
  strange('register the run without saying so', { source: 'mlflow-artifacts:/0/{regRun}/artifacts/model' }),
  version('register the run by another', {
    source: 'mlflow-artifacts:/0/{regRun}/artifacts/model',
    run_id: '{otherRun}',
  }),
  version('register runs:/', { source: 'runs:/{regRun}/model', run_id: '{regRun}' }),
  version('register runs:/ by another', { source: 'runs:/{regRun}/model', run_id: '{otherRun}' }),
  strange('register by a run that is not there', { source: 's3://b/m', run_id: '0'.repeat(32) }),
  version('register by a model that is not there', { source: 's3://b/m', model_id: `m-${'0'.repeat(32)}` }),
  version('register a model that is not there', { source: `models:/m-${'0'.repeat(32)}` }),
  version('register elsewhere', {
    source: 's3://bucket/a%20b/model',
    run_link: 'https://example.org/run',
    description: 'elsewhere',
    tags: [
      { key: 'data', value: 'v1' },
      { key: 'kind', value: 'a' },
    ],
  }),
  version('register in dbfs', { source: 'dbfs:/model' }),
  version('copy a version', { source: `models:/${NAME}/1` }),
  version('copy a version by its run', { source: `models:/${NAME}/1`, run_id: '{regRun}' }),
  version('copy a version by another', { source: `models:/${NAME}/1`, run_id: '{otherRun}' }),
  version('copy a version that is not there', { source: `models:/${NAME}/99` }),
  version('copy of nobody', { source: 'models:/nobody/1' }),
  ...each(
    [
      null,
      '',
      '/etc/passwd',
      'file:///etc/passwd',
      'etc/passwd',
      '//proc/self/root',
      './model',
      '../model',
      's3://bucket/../etc',
      's3://bucket/%2e%2e/etc',
      's3://bucket/%252e%252e/etc',
      's3://bucket/a%00',
      's3://bucket/./a',
      's3://bucket/a?x=/../b',
      's3://bucket/a#/../b',
      's3://bucket',
      'https://example.org/model',
      'mlflow-artifacts:/../etc',
      'mlflow-artifacts:/nobody/has/this',
      'mlflow-artifacts://example.org/0/model',
      'http://localhost/api/2.0/mlflow-artifacts/artifacts/0/model',
      'models:/../1',
      'models:/nothing',
      'models://profile/name/1',
      'runs:/nobody/model',
    ],
    (source) => strange('the source', { source, run_id: '{regRun}' }),
  ),
  version('create with tags that are none', { source: 's3://b/m', tags: 'no list' }),
  post('create of nobody', 'model-versions/create', { name: 'nobody', source: 's3://b/m' }),
  post('create of nothing', 'model-versions/create', { source: 's3://b/m' }),
];

const stages = [
  ...each(['staging', 'PRODUCTION', 'Archived', 'None', 'Nowhere', '', null], (stage) =>
    post('move 1 to', 'model-versions/transition-stage', { name: NAME, version: '1', stage }),
  ),
  ...['1', '3', '1'].map((number, time) =>
    post(`promote ${number}, ${time}`, 'model-versions/transition-stage', {
      name: NAME,
      version: number,
      stage: 'Production',
      archive_existing_versions: true,
    }),
  ),
  ...each(['None', 'Archived'], (stage) =>
    post('archive on the way to', 'model-versions/transition-stage', {
      name: NAME,
      version: '3',
      stage,
      archive_existing_versions: true,
    }),
  ),
  ...each(['99', 'x', '', null], (number) =>
    post('move the version', 'model-versions/transition-stage', {
      name: NAME,
      version: number,
      stage: 'None',
    }),
  ),
  get('the latest', `registered-models/get-latest-versions?${at()}`),
  post('the latest by POST', 'registered-models/get-latest-versions', { name: NAME }),
  get('the latest of a stage', `registered-models/get-latest-versions?${at({ stages: 'archived' })}`),
  post('the latest of stages', 'registered-models/get-latest-versions', {
    name: NAME,
    stages: ['None', 'Staging'],
  }),
  post('the latest of no stage', 'registered-models/get-latest-versions', {
    name: NAME,
    stages: ['Nowhere'],
  }),
  get('the latest of nobody', 'registered-models/get-latest-versions?name=nobody'),
];

const alias = (name: string, key: unknown, number: unknown = '1') =>
  post(name, 'registered-models/alias', { name: NAME, alias: key, version: number });

const aliases = [
  alias('set an alias', 'champion'),
  alias('set it again', 'champion'),
  alias('set another', 'Challenger', '3'),
  post('set an alias by a number', 'registered-models/alias', { name: STRANGE, alias: 'a', version: 1 }),
  get('who is it', `registered-models/alias?${at({ alias: 'champion' })}`),
  get('who is the latest', `registered-models/alias?${at({ alias: 'Latest' })}`),
  get('who is nobody', `registered-models/alias?${at({ alias: 'nobody' })}`),
  get('who is it in another case', `registered-models/alias?${at({ alias: 'CHAMPION' })}`),
  get('who is no alias', `registered-models/alias?${at({ alias: 'a b' })}`),
  get('an alias of nobody', 'registered-models/alias?name=nobody&alias=champion'),
  alias('move it', 'champion', '2'),
  get('who is it now', `registered-models/alias?${at({ alias: 'champion' })}`),
  ...each(
    ['latest', 'LATEST', 'v1', 'V22', 'a b', 'a/b', '', null, 'x'.repeat(256), 'x'.repeat(255)],
    (key) => alias('the alias', key),
  ),
  ...each(['99', 'x', '', null], (number) => alias('an alias for the version', 'other', number)),
  remove('remove an alias', 'registered-models/alias', { name: NAME, alias: 'Challenger' }),
  remove('remove it again', 'registered-models/alias', { name: NAME, alias: 'Challenger' }),
  remove('remove the long one', 'registered-models/alias', { name: NAME, alias: 'x'.repeat(255) }),
  remove('remove one of nobody', 'registered-models/alias', { name: 'nobody', alias: 'champion' }),
  get('a version with an alias', `model-versions/get?${at({ version: '2' })}`),
  get('the model with an alias', `registered-models/get?${at()}`),
  get('the latest with an alias', `registered-models/get-latest-versions?${at()}`),
];

const versions = [
  ...each(['1', '99', 'x', '-1', '01', '1.5', ''], (number) =>
    get('get the version', `model-versions/get?${at({ version: number })}`),
  ),
  get('get a version of nobody', 'model-versions/get?name=nobody&version=1'),
  patch('describe a version', 'model-versions/update', {
    name: NAME,
    version: '1',
    description: 'the first',
  }),
  patch('describe a version by a number', 'model-versions/update', {
    name: STRANGE,
    version: 1,
    description: 'x',
  }),
  patch('describe no version', 'model-versions/update', { name: NAME, version: '99', description: 'x' }),
  ...each(['v1', '', 'v2'], (value) =>
    post('tag a version', 'model-versions/set-tag', { name: NAME, version: '1', key: 'data', value }),
  ),
  ...each(['', 'a//b', 'k'.repeat(251)], (key) =>
    post('tag a version by the key', 'model-versions/set-tag', { name: NAME, version: '1', key, value: 'v' }),
  ),
  post('tag no version', 'model-versions/set-tag', { name: NAME, version: '99', key: 'k', value: 'v' }),
  post('tag a version to delete it', 'model-versions/set-tag', {
    name: NAME,
    version: '1',
    key: 'x',
    value: 'v',
  }),
  remove('delete a tag of a version', 'model-versions/delete-tag', { name: NAME, version: '1', key: 'x' }),
  remove('delete that tag again', 'model-versions/delete-tag', { name: NAME, version: '1', key: 'x' }),
  remove('delete a tag of no version', 'model-versions/delete-tag', { name: NAME, version: '99', key: 'x' }),
  get('where the model is', `model-versions/get-download-uri?${at({ version: '1' })}`),
  get('where the run is', `model-versions/get-download-uri?${at({ version: '3' })}`),
  get('where nothing is', `model-versions/get-download-uri?${at({ version: '99' })}`),
];

export const modelVersions = [...sources, ...stages, ...aliases, ...versions];
