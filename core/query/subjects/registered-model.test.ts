import { expect, test } from 'vitest';
import { DEFAULT_WORKSPACE, registeredModelId } from '#core/domain/ids.ts';
import { PROMPT_TAG, type RegisteredModel } from '#core/domain/registry.ts';
import {
  compareRegisteredModels,
  matchesRegisteredModel,
  parseRegisteredModelFilter,
  parseRegisteredModelOrder,
} from './registered-model.ts';

function model(letter: string, parts: Partial<RegisteredModel>): RegisteredModel {
  return {
    id: registeredModelId(`rm-${letter.repeat(32)}`),
    workspace: DEFAULT_WORKSPACE,
    name: letter,
    description: '',
    owner: '',
    createdAt: 1,
    updatedAt: 1,
    createdBy: { kind: 'local', id: 'local' },
    tags: new Map(),
    aliases: new Map(),
    stages: new Map(),
    gates: [],
    versions: 0,
    lastVersion: 0,
    revision: 0,
    ...parts,
  };
}

const MODELS = [
  model('c', { name: 'churn', updatedAt: 9, owner: 'ana', tags: new Map([['team', 'growth']]) }),
  model('d', {
    name: 'Churn/small',
    updatedAt: 5,
    versions: 3,
    aliases: new Map([['champion', 2]]),
    stages: new Map([
      ['production', 2],
      ['none', 3],
    ]),
  }),
  model('e', { name: 'ask', tags: new Map([[PROMPT_TAG, 'true'], ['team', 'growth']]) }), // prettier-ignore
  model('f', { name: 'fraud', tags: new Map([[PROMPT_TAG, 'false'], ['team', 'risk']]) }), // prettier-ignore
];

const found = (filter: string): string => {
  const parsed = parseRegisteredModelFilter(filter);
  return MODELS.filter((candidate) => matchesRegisteredModel(parsed, candidate))
    .map(({ id }) => id.charAt(3))
    .join('');
};

test.each([
  ['', 'cdf'],
  ["name = 'churn'", 'c'],
  ["name != 'churn'", 'df'],
  ["name LIKE 'churn%'", 'c'],
  ["name ILIKE 'churn%'", 'cd'],
  ["attribute.name IN ('churn', 'fraud', 'ask')", 'cf'],
  ["tags.team = 'growth'", 'c'],
  ["tag.team != 'growth'", 'f'],
  ["tags.`team` ILIKE 'R%'", 'f'],
  ['tags.team IS NULL', 'd'],
  ["name = 'churn' OR name = 'ask'", 'c'],
  ["alias = 'champion'", 'd'],
  ["stage = 'Production'", 'd'],
  ["owner = 'ana'", 'c'],
  ['versions > 2', 'd'],
  ['last_updated_timestamp >= 5', 'cd'],
])('%s finds the models %s', (filter, expected) => {
  expect(found(filter)).toBe(expected);
});

test.each([
  [`tags.\`${PROMPT_TAG}\` = 'true'`, 'e'],
  [`tags.\`${PROMPT_TAG}\` = 'True' OR tags.\`${PROMPT_TAG}\` != 'false'`, 'e'],
  [`tags.\`${PROMPT_TAG}\` != 'true'`, 'cdf'],
  [`tags.\`${PROMPT_TAG}\` = 'false'`, 'cdf'],
  [`tags.\`${PROMPT_TAG}\` != 'true' AND name ILIKE 'c%'`, 'cd'],
  [`NOT tags.\`${PROMPT_TAG}\` = 'true'`, 'cdf'],
])('prompts are there when they are asked for: %s finds %s', (filter, expected) => {
  expect(found(filter)).toBe(expected);
});

test.each([
  [[], 'decf'],
  [['name DESC'], 'fced'],
  [['timestamp DESC'], 'cdef'],
  [['last_updated_timestamp ASC', 'name DESC'], 'fedc'],
])('ordered by %j the models come as %s', (order, expected) => {
  const sorted = MODELS.toSorted(compareRegisteredModels(parseRegisteredModelOrder(order)));
  expect(sorted.map(({ id }) => id.charAt(3)).join('')).toBe(expected);
});

test('models have no metrics to ask for, and an order names a field once', () => {
  expect(() => parseRegisteredModelFilter('metrics.loss < 1')).toThrow("Invalid entity type 'metrics'");
  expect(() => parseRegisteredModelFilter("run_id = 'x'")).toThrow("Invalid attribute key 'run_id'");
  expect(() => parseRegisteredModelOrder(['timestamp', 'last_updated_timestamp'])).toThrow('duplicate');
});
