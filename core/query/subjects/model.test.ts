import { expect, test } from 'vitest';
import { modelId, projectId, runId } from '#core/domain/ids.ts';
import type { LoggedModel, ModelMetric } from '#core/domain/logged-model.ts';
import { compareModels, matchesModel, parseModelFilter, parseModelOrder } from './model.ts';

const RUN = runId('f'.repeat(32));

function measured(
  id: LoggedModel['id'],
  metric: string,
  dataset: string,
  value: number,
  time: number,
): ModelMetric {
  const owner = { kind: 'model', model: id, run: RUN, dataset: { name: dataset, digest: 'x' } } as const;
  return { owner, metric, summary: { last: { step: 0, time, value } } };
}

function model(
  letter: string,
  parts: Partial<LoggedModel>,
  metrics: [string, string, number, number][],
): LoggedModel {
  const id = modelId(`m-${letter.repeat(32)}`);
  return {
    id,
    project: projectId('1'),
    name: letter,
    modelType: 'classifier',
    status: 'ready',
    artifactUri: '',
    createdAt: 1,
    updatedAt: 2,
    createdBy: { kind: 'local', id: 'local' },
    params: new Map([['alpha', '0.5']]),
    tags: new Map(),
    metrics: metrics.map((metric) => measured(id, ...metric)),
    ...parts,
  };
}

const MODELS = [
  model('a', { name: 'linear', sourceRun: RUN, tags: new Map([['stage', 'dev']]) }, [
    ['accuracy', 'train', 0.9, 1],
    ['accuracy', 'test', 0.6, 2],
  ]),
  model('b', { name: 'forest', status: 'pending', createdAt: 5 }, [['accuracy', 'test', 0.8, 1]]),
  model('c', { name: 'Forest', status: 'upload_failed', createdAt: 3, updatedAt: 9, modelType: '' }, []),
];

test.each([
  ['', 'abc'],
  ["name = 'forest'", 'b'],
  ["attributes.name IN ('forest', 'linear')", 'ab'],
  ["name ILIKE 'forest'", 'bc'],
  [`model_id = 'm-${'c'.repeat(32)}'`, 'c'],
  ["status = 'LOGGED_MODEL_READY'", 'a'],
  ["status IN ('READY', 'pending')", 'ab'],
  ["status != 'LOGGED_MODEL_UPLOAD_FAILED'", 'ab'],
  [`source_run_id = '${RUN}'`, 'a'],
  ['source_run_id IS NULL', 'bc'],
  ["model_type = 'classifier'", 'ab'],
  ['creation_timestamp > 1', 'bc'],
  ['creation_time = 5', 'b'],
  ['last_updated_timestamp > 2', 'c'],
  ['metrics.accuracy > 0.7', 'ab'],
  ['metric.accuracy < 0.7', 'a'],
  ['metrics.accuracy IS NULL', 'c'],
  ['params.alpha = 0.5', 'abc'],
  ["tags.stage = 'dev'", 'a'],
])('%s finds the models %s', (filter, found) => {
  const parsed = parseModelFilter(filter);
  const matching = MODELS.filter((candidate) => matchesModel(parsed, candidate));
  expect(matching.map(({ id }) => id.charAt(2)).join('')).toBe(found);
});

test.each([
  [[], 'bca'],
  [['creation_timestamp ASC'], 'acb'],
  // The latest measurement counts: 0.6 for a.
  [['metrics.accuracy'], 'abc'],
  [['metrics.accuracy DESC'], 'bac'],
  [['name'], 'cba'],
])('ordered by %j the models come as %s', (order, expected) => {
  const sorted = MODELS.toSorted(compareModels(parseModelOrder(order)));
  expect(sorted.map(({ id }) => id.charAt(2)).join('')).toBe(expected);
});

test('models have no datasets to ask for', () => {
  expect(() => parseModelFilter("dataset.name = 'x'")).toThrow("Invalid entity type 'dataset'");
});
