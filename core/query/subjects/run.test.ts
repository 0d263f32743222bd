import { expect, test } from 'vitest';
import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import type { InputDataset } from '#core/domain/dataset.ts';
import { runId, projectId } from '#core/domain/ids.ts';
import { textParam } from '#core/domain/run.ts';
import type { Run } from '#core/domain/run.ts';
import { compareRuns, matchesRun, parseRunFilter, parseRunOrder } from './run.ts';

function input(name: string, digest: string, context?: string): InputDataset {
  const dataset = { name, digest, sourceType: 'local', source: '/' };
  return { dataset, tags: new Map(context === undefined ? [] : [[CONTEXT_TAG, context]]) };
}

function run(
  letter: string,
  parts: Partial<Run>,
  values: Record<string, number>,
  params: Record<string, string>,
): Run {
  const metrics = Object.entries(values).map(([name, value]) => {
    // The best value is not the latest: filters must not see it.
    const last = { step: 9, time: 9, value };
    return [name, { last, min: { ...last, value: -1e9 }, max: { ...last, value: 1e9 } }] as const;
  });
  return {
    id: runId(letter.repeat(32)),
    project: projectId('1'),
    number: 1,
    name: letter,
    status: 'finished',
    userId: 'ada',
    startedAt: 1000,
    changedAt: 0,
    createdBy: { kind: 'local', id: 'local' },
    wire: 'mlflow',
    artifactUri: `mlflow-artifacts:/1/${letter}`,
    source: {},
    params: new Map(Object.entries(params).map(([key, text]) => [key, textParam(text)])),
    tags: new Map(),
    metrics: new Map(metrics),
    datasets: [],
    modelInputs: [],
    modelOutputs: [],
    sequence: 1,
    ...parts,
  };
}

const RUNS = [
  run(
    'a',
    {
      number: 1,
      name: 'swift-Owl',
      endedAt: 4000,
      tags: new Map([
        ['team', 'vision'],
        ['mlflow.runName', 'swift-Owl'],
        ['note', 'first line\nsecond 100%'],
      ]),
      datasets: [input('digits', 'd1', 'train'), input('mnist', 'm1', 'eval')],
    },
    { loss: 0.5, 'val/acc': 0.9, 'acc 1': 3 },
    { lr: '0.1', depth: '9', optimizer: 'adam', 'x.y': 'dotted' },
  ),
  run(
    'b',
    {
      number: 2,
      name: 'calm_fox',
      status: 'running',
      userId: 'bob',
      startedAt: 2000,
      tags: new Map([
        ['team', 'Vision'],
        ['empty', ''],
      ]),
      datasets: [input('digits', 'd2')],
    },
    { loss: NaN, 'val/acc': 0.7 },
    { lr: '1e-1', depth: '10', optimizer: 'SGD' },
  ),
  run(
    'c',
    { number: 3, name: 'it\'s "C"', status: 'failed', startedAt: 3000, endedAt: 3000 },
    { loss: -0, 'val/acc': Infinity },
    { lr: 'auto', depth: 'None' },
  ),
  run('d', { number: 12, name: '模型', status: 'killed', startedAt: 4000, endedAt: 9000 }, {}, {}),
];

/** A filter and the first letters of the runs' ids that it finds. */
const TABLE: readonly (readonly [filter: string, found: string])[] = [
  ['', 'abcd'],
  // Metrics: the latest value.
  ['metrics.loss = 0.5', 'a'],
  ['metric.loss = 5e-1', 'a'],
  ['METRICS.loss < 1', 'ac'],
  ['metrics.loss >= 0', 'ac'],
  ['metrics.loss = 0', 'c'],
  ['metrics.loss = -0', 'c'],
  ['metrics.loss != 0.5', 'bc'],
  ['metrics.loss IN (0.5, 0)', 'ac'],
  ['metrics.loss NOT IN (0.5)', 'bc'],
  ['metrics.loss IS NULL', 'd'],
  ['metrics.loss IS NOT NULL', 'abc'],
  ['metrics.val/acc > 0.8', 'ac'],
  ['metrics.`val/acc` > 0.8', 'ac'],
  ['metrics."val/acc" <= 0.9', 'ab'],
  ["metrics.'acc 1' = 3", 'a'],
  ['`metrics`.`acc 1` = 3.', 'a'],
  ['metrics.absent > 0', ''],
  ['metrics.absent != 0', ''],
  ['metrics.loss>.1', 'a'],
  ['metrics.loss<+1', 'ac'],
  // Params: a number meets a number, a quoted string meets the text.
  ['params.lr = 0.1', 'ab'],
  ["params.lr = '0.1'", 'a'],
  ['param.lr = "1e-1"', 'b'],
  ['parameters.lr < 1', 'ab'],
  ['parameter.lr != 0.1', 'c'],
  ["params.lr != '0.1'", 'bc'],
  ['params.depth > 9', 'b'],
  ["params.depth > '10'", 'ac'],
  ['params.depth >= 9 AND params.depth <= 10', 'ab'],
  ['params.depth IN (9, 10)', 'ab'],
  ["params.depth IN ('9', 'None')", 'ac'],
  ["params.depth IN (10, 'None',)", 'bc'],
  ["params.depth NOT IN ('9')", 'bc'],
  ['params.depth NOT IN (9, 10)', 'c'],
  ["params.lr LIKE '%1'", 'ab'],
  ["params.optimizer = 'ADAM'", ''],
  ["params.optimizer ILIKE 'sg_'", 'b'],
  ["params.optimizer NOT LIKE 'a%'", 'b'],
  ['params.optimizer IS NULL', 'cd'],
  ['params.optimizer is not null', 'ab'],
  ["params.x.y = 'dotted'", 'a'],
  ["params.`x.y` = 'dotted'", 'a'],
  ["params.optimizer RLIKE '^(adam|SGD)$'", 'ab'],
  // Tags: text.
  ["tags.team = 'vision'", 'a'],
  ["tag.team != 'vision'", 'b'],
  ["tags.team LIKE 'vis%'", 'a'],
  ["tags.team ilike 'VIS%'", 'ab'],
  ["tags.team IN ('vision', 'Vision')", 'ab'],
  ["tags.team NOT IN ('vision')", 'b'],
  ['tags.team IS NULL', 'cd'],
  ["tags.empty = ''", 'b'],
  ['tags.empty IS NOT NULL', 'b'],
  ["tags.mlflow.runName = 'swift-Owl'", 'a'],
  ["tags.note LIKE 'first%100%'", 'a'],
  ["tags.note LIKE '%line_second%'", 'a'],
  ["tags.note LIKE 'first'", ''],
  ["tags.note RLIKE '\\d+%'", 'a'],
  // Attributes, with every word that may stand before them.
  [`run_id = '${'a'.repeat(32)}'`, 'a'],
  [`attributes.run_id IN ('${'a'.repeat(32)}', '${'c'.repeat(32)}')`, 'ac'],
  [`attribute.run_id NOT IN ('${'a'.repeat(32)}')`, 'bcd'],
  ["status = 'FINISHED'", 'a'],
  ["attr.status != 'FINISHED'", 'bcd'],
  ["run.status = 'running'", 'b'],
  ["status IN ('FAILED', 'Killed')", 'cd'],
  ["status LIKE '%ED'", 'acd'],
  ["status RLIKE '^(FAILED|KILLED)$'", 'cd'],
  ["run_name = 'swift-Owl'", 'a'],
  ["attributes.run_name LIKE '%fox'", 'b'],
  ["attributes.`run name` ILIKE 'SWIFT%'", 'a'],
  ['"Run Name" = \'calm_fox\'', 'b'],
  ["name LIKE 'calm_fox'", 'b'],
  ["name = '模型'", 'd'],
  ["name LIKE '__'", 'd'],
  ["name = E'it\\'s \"C\"'", 'c'],
  ['name LIKE "it\'s%"', 'c'],
  ["user_id = 'bob'", 'b'],
  ["user != 'bob'", 'acd'],
  ['start_time > 1000', 'bcd'],
  ['created <= 2000', 'ab'],
  ['attributes.Created = 3000', 'c'],
  ['end_time < 4000', 'c'],
  ['ended IS NULL', 'b'],
  ['ended != 3000', 'ad'],
  ['duration >= 3000', 'ad'],
  ['number IN (1, 12)', 'ad'],
  ["artifact_uri LIKE '%/1/c'", 'c'],
  // Datasets: any input.
  ["dataset.name = 'mnist'", 'a'],
  ["datasets.name LIKE 'dig%'", 'ab'],
  ["dataset.name != 'digits'", 'a'],
  ["dataset.digest IN ('d2', 'm1')", 'ab'],
  ["dataset.context = 'train'", 'a'],
  ['dataset.context IS NULL', 'bcd'],
  ['dataset.name IS NOT NULL', 'ab'],
  // Junctions.
  ["metrics.loss < 1 AND status = 'FINISHED'", 'a'],
  ["metrics.loss < 1 and status = 'FINISHED' and", 'a'],
  ["status = 'FAILED' OR status = 'KILLED'", 'cd'],
  ["number = 12 OR number = 1 AND name = 'nobody'", 'd'],
  ["(number = 12 OR number = 1) AND name = 'swift-Owl'", 'a'],
  ['NOT metrics.loss > 0.1', 'bcd'],
  ["NOT tags.team = 'vision'", 'bcd'],
  ["NOT tags.team != 'vision'", 'acd'],
  ['NOT NOT number = 1', 'a'],
  ['NOT (number = 1 OR number = 2)', 'cd'],
  ['NOT number = 1 AND NOT number = 2', 'cd'],
  ['number > 1 AND number < 12 AND number != 2', 'c'],
];

test.each(TABLE)('%s finds %s', (filter, found) => {
  const parsed = parseRunFilter(filter);
  const matching = RUNS.filter((candidate) => matchesRun(parsed, candidate));
  expect(matching.map(({ id }) => id.charAt(0)).join('')).toBe(found);
});

test.each([
  [[], 'dcba'],
  [['start_time'], 'abcd'],
  [['attributes.start_time asc'], 'abcd'],
  [['number DESC'], 'dcba'],
  [['metrics.loss'], 'cabd'],
  [['metrics.loss DESC'], 'acbd'],
  [['metrics.`val/acc` desc'], 'cabd'],
  [['params.depth'], 'abcd'],
  [['params.depth DESC'], 'cbad'],
  [['tags.team ASC'], 'badc'],
  [['status'], 'cadb'],
  [['user DESC', 'number'], 'bacd'],
  [['end_time'], 'cadb'],
])('ordered by %j the runs come as %s', (order, expected) => {
  const sorted = RUNS.toSorted(compareRuns(parseRunOrder(order)));
  expect(sorted.map(({ id }) => id.charAt(0)).join('')).toBe(expected);
});
