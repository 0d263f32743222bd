import { expect, test } from 'vitest';
import { isWithin, parseVersionSource } from './version-source.ts';

const RUN = 'a'.repeat(32);
const MODEL = `m-${'b'.repeat(32)}`;
/** One escape of a dot, decoded eleven times: more than anybody means. */
const DEEP = `%${'25'.repeat(11)}2e`;

test.each([
  [`models:/${MODEL}`, { kind: 'logged model', model: MODEL }],
  ['models:/churn/3', { kind: 'version', name: 'churn', address: { number: 3 } }],
  ['models:/churn/Production', { kind: 'version', name: 'churn', address: { stage: 'production' } }],
  ['models:/churn/latest', { kind: 'version', name: 'churn', address: { alias: 'latest' } }],
  ['models:/churn@champion', { kind: 'version', name: 'churn', address: { alias: 'champion' } }],
  ['models:/team/churn/3', { kind: 'version', name: 'team/churn', address: { number: 3 } }],
  [`runs:/${RUN}/model`, { kind: 'run', run: RUN, path: 'model' }],
  [`runs:/${RUN}/100%25/a b`, { kind: 'run', run: RUN, path: '100%25/a b' }],
  ['models:/100%/1', { kind: 'version', name: '100%', address: { number: 1 } }],
  [`runs:/${RUN}`, { kind: 'run', run: RUN, path: '' }],
  [`mlflow-artifacts:/0/${RUN}/artifacts/model`, { kind: 'served' }],
  ['s3://bucket/a b/model%20one', { kind: 'elsewhere' }],
  ['dbfs:/models/one', { kind: 'elsewhere' }],
  ['https://example.org/model?version=1', { kind: 'elsewhere' }],
  ['https://example.org/api/2.0/mlflow-artifacts/artifacts/0/x', { kind: 'contained' }],
  ['file:///etc/passwd', { kind: 'contained' }],
  ['/etc/passwd', { kind: 'contained' }],
  ['//host/share', { kind: 'contained' }],
  ['C:\\models', { kind: 'contained' }],
  ['model', { kind: 'contained' }],
])('%s is read as %j', (source, expected) => {
  expect(parseVersionSource(source)).toEqual(expected);
});

test.each([
  's3://bucket/a/../b',
  's3://bucket/%2e%2e/b',
  's3://bucket/%252e%252e%252fb',
  's3://bucket/..%5cb',
  `s3://bucket/${DEEP}`,
  's3://bucket/a%00',
  's3://bucket/a\0',
  's3://bucket/./a',
  's3://bucket/a?x=/../b',
  's3://bucket/a#/../b',
  'dbfs:models',
  's3://bucket',
  '../models',
  'file:///runs/../../etc',
  'mlflow-artifacts:/0/../../etc',
  'mlflow-artifacts://example.org/0/model',
  'models://profile/churn/3',
  'models:/churn',
  'models:/',
  'runs:/nobody/model',
  `runs://host/${RUN}/model`,
  `s3://${'a'.repeat(2048)}`,
])('%j is no source', (source) => {
  expect(() => parseVersionSource(source)).toThrow('Invalid model version source');
});

test.each([
  ['/files/0/run/artifacts/model', '/files/0/run/artifacts', true],
  ['file:///files/0/run/artifacts', '/files/0/run/artifacts/', true],
  ['file://localhost/files/run/model', 'file:///files/run', true],
  ['/files/0/ru%6e/artifacts/model', '/files/0/run/artifacts', true],
  ['/files/0/run/artifacts2', '/files/0/run/artifacts', false],
  ['/files', '/files/0', false],
  ['//host/files/0', '/files/0', false],
  ['/anything', '', false],
  [
    'https://h/api/2.0/mlflow-artifacts/artifacts/0/m',
    'https://h/api/2.0/mlflow-artifacts/artifacts/0',
    true,
  ],
])('%s within %s: %j', (source, root, expected) => {
  expect(isWithin(source, root)).toBe(expected);
});
