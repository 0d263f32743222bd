import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFilter } from './parse.ts';
import { printFilter, printOrderTerm } from './print.ts';
import { parseOrder } from './order.ts';
import { RUN_VOCABULARY } from './subjects/run.ts';
import { COMPARATORS, PATTERN_OPERATORS } from './syntax.ts';
import type { Clause, Condition, Field, Filter, Literal, OrderTerm } from './syntax.ts';

/** fast-check's records, with the prototype that every object of ours has. */
const record = <Shape>(shape: { [Name in keyof Shape]: fc.Arbitrary<Shape[Name]> }): fc.Arbitrary<Shape> =>
  fc.record(shape, { noNullPrototype: true });

const parse = (text: string) => parseFilter(text, RUN_VOCABULARY);

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', "'", '"', '`', '\\', '%', ' ', '.', '\n'), maxLength: 8 }),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(-0, 5e-324, 1e21),
);
const numberField: fc.Arbitrary<Field> = fc.oneof(
  anyText.map((key) => ({ entity: 'metric' as const, key })),
  fc.constantFrom('number', 'started', 'duration').map((key) => ({ entity: 'attribute' as const, key })),
);
const textField: fc.Arbitrary<Field> = fc.oneof(
  anyText.map((key) => ({ entity: 'tag' as const, key })),
  fc.constantFrom('name', 'run_id').map((key) => ({ entity: 'attribute' as const, key })),
  fc.constantFrom('name', 'context').map((key) => ({ entity: 'dataset' as const, key })),
);
const scalarField: fc.Arbitrary<Field> = anyText.map((key) => ({ entity: 'param', key }));
const field = fc.oneof(numberField, textField, scalarField);

function clausesOf(of: fc.Arbitrary<Field>, value: fc.Arbitrary<Literal>): fc.Arbitrary<Clause> {
  const negated = fc.boolean();
  return fc.oneof(
    record({
      kind: fc.constant('compare'),
      field: of,
      comparator: fc.constantFrom(...COMPARATORS),
      value,
    }),
    record({
      kind: fc.constant('in'),
      field: of,
      negated,
      values: fc.array(value, { minLength: 1, maxLength: 4 }),
    }),
    record({ kind: fc.constant('null'), field: of, negated }),
  );
}

const match: fc.Arbitrary<Clause> = record({
  kind: fc.constant('match'),
  field: fc.oneof(textField, scalarField),
  negated: fc.boolean(),
  operator: fc.constantFrom(...PATTERN_OPERATORS),
  pattern: anyText,
}).map((clause) => (clause.operator === 'RLIKE' ? { ...clause, pattern: '^a+["\'](b|c)$' } : clause));
const clause = fc.oneof(
  clausesOf(numberField, number),
  clausesOf(textField, anyText),
  clausesOf(scalarField, fc.oneof(number, anyText)),
  match,
);

/** Conditions as the parser makes them: no junction directly inside one of its kind. */
const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const junction = (kind: 'and' | 'or'): fc.Arbitrary<Condition> =>
    fc.array(tie('condition'), { minLength: 2, maxLength: 4 }).map((terms) => ({
      kind,
      terms: terms.flatMap((term) => (term.kind === kind ? termsOf(term) : [term])),
    }));
  return {
    condition: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      clause,
      junction('and'),
      junction('or'),
      tie('condition').map((term) => ({ kind: 'not' as const, term })),
    ),
  };
});

function termsOf(term: Condition): readonly Condition[] {
  return term.kind === 'and' || term.kind === 'or' ? term.terms : [term];
}

test('parsing what was printed gives the same filter, for any filter', () => {
  fc.assert(
    fc.property(condition, (filter: Filter) => {
      expect(parse(printFilter(filter))).toStrictEqual(filter);
    }),
    { numRuns: 2000 },
  );
});

test('an order survives being printed, too', () => {
  const term: fc.Arbitrary<OrderTerm> = record({
    field: field.filter(({ entity }) => entity !== 'dataset'),
    direction: fc.constantFrom('ascending', 'descending'),
  });
  fc.assert(
    fc.property(term, (expected) => {
      expect(parseOrder([printOrderTerm(expected)], RUN_VOCABULARY)).toStrictEqual([expected]);
    }),
  );
});

test.each([
  ['', ''],
  ['metric.loss<.5', 'metrics.loss < 0.5'],
  ["attr.run_name = 'x'", "name = 'x'"],
  ["status = 'FINISHED'", "status = 'finished'"],
  ["status rlike 'FIN'", "status RLIKE '(?i)FIN'"],
  ["((number = 1)) and (name = 'a' or (name = 'b'))", "number = 1 AND (name = 'a' OR name = 'b')"],
  ['number = 1 AND (number = 2 AND number = 3)', 'number = 1 AND number = 2 AND number = 3'],
  ['(number = 1 AND number = 2) OR number = 3', 'number = 1 AND number = 2 OR number = 3'],
  ['not (number = 1) and', 'NOT number = 1'],
  ['not (number = 1 and number = 2)', 'NOT (number = 1 AND number = 2)'],
  ['not (not number = 1)', 'NOT NOT number = 1'],
  ['params.`val/lr` in (1,)', 'params.val/lr IN (1)'],
  ['params."a b" is  not null', 'params.`a b` IS NOT NULL'],
  ['tags.t = "it\'s"', 'tags.t = "it\'s"'],
  ['metrics.a = -0', 'metrics.a = -0'],
])('%s is printed as %s', (text, printed) => {
  expect(printFilter(parse(text))).toBe(printed);
});
