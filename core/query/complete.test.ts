import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { complete } from './complete.ts';
import { MODEL_VOCABULARY } from './subjects/model.ts';
import { RUN_VOCABULARY } from './subjects/run.ts';

const NAMES = { metric: ['loss', 'val/loss', 'top 1'], param: ['lr'], tag: ['team'] };

/** Completes at the `|` and returns what the text would be with each option. */
function completed(marked: string): string[] {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, options } = complete(text, cursor, RUN_VOCABULARY, NAMES);
  return options.map((option) => `${text.slice(0, from)}${option}${text.slice(to)}`);
}

test.each([
  ['lo|', ['metrics.loss', 'metrics.val/loss']],
  ['metrics.|', ['metrics.loss', 'metrics.val/loss', 'metrics.`top 1`']],
  ['metrics.`to|', ['metrics.`top 1`']],
  ['sta| = 3', ['status = 3', 'started = 3']],
  [
    'metrics.loss | 1',
    ['=', '!=', '<', '<=', '>', '>=', 'IN', 'NOT IN', 'IS NULL', 'IS NOT NULL'].map(
      (o) => `metrics.loss ${o} 1`,
    ),
  ],
  [
    'name li|',
    ['name LIKE', 'name ILIKE', 'name RLIKE', 'name NOT LIKE', 'name NOT ILIKE', 'name NOT RLIKE'],
  ],
  [
    'status = |',
    ['running', 'finished', 'failed', 'killed', 'scheduled'].map((word) => `status = '${word}'`),
  ],
  ["status = 'fi|", ["status = 'finished'"]],
  ["status IN ('failed', 'k|", ["status IN ('failed', 'killed'"]],
  ['metrics.loss > |', []],
  ['metrics.loss > 1 |', ['metrics.loss > 1 AND', 'metrics.loss > 1 OR']],
  ['metrics.loss > 1 a|', ['metrics.loss > 1 AND']],
  [
    'metrics.loss > 1 AND te|',
    ['tags.team', 'started', 'datasets.context'].map((o) => `metrics.loss > 1 AND ${o}`),
  ],
  ['(number = 1) |', ['(number = 1) AND', '(number = 1) OR']],
  ['NOT (nu|', ['NOT (number']],
  ['metrics.loss = = |', []],
  ['; |', []],
])('%s', (marked, expected) => {
  expect(completed(marked)).toEqual(expected);
});

test('an empty filter offers every field there is', () => {
  const { options } = complete('', 0, RUN_VOCABULARY, NAMES);
  expect(options).toEqual(
    expect.arrayContaining(['name', 'duration', 'metrics.`top 1`', 'params.lr', 'datasets.name', 'NOT']),
  );
  expect(complete('', 0, MODEL_VOCABULARY).options).toContain('model_type');
});

test('a thousand names are cut to what a list can show', () => {
  const metric = Array.from({ length: 1000 }, (_, i) => `layer.${i}.norm`);
  expect(complete('metrics.', 8, RUN_VOCABULARY, { metric }).options).toHaveLength(50);
});

const UNITS = [
  'metrics',
  'a',
  '.',
  '>',
  '=',
  ' ',
  "'",
  '"',
  '`',
  '(',
  ')',
  ',',
  '1',
  'AND',
  'NOT',
  'IN',
  'E',
];

test('no text and no cursor make it throw', () => {
  const text = fc.string({ unit: fc.constantFrom(...UNITS), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.nat(30), (filter, cursor) => {
      const { from, to } = complete(filter, Math.min(cursor, filter.length), RUN_VOCABULARY, NAMES);
      expect(from).toBeLessThanOrEqual(to);
    }),
    { numRuns: 1000 },
  );
});
