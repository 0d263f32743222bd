import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import { parseFilter } from './parse.ts';
import { RUN_VOCABULARY } from './subjects/run.ts';

const parse = (text: string) => parseFilter(text, RUN_VOCABULARY);

function faultOf(text: string): Fault {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error(`'${text}' was understood.`);
}

const SYNTAX = 'Invalid clause(s) in filter string';

test.each([
  // Text, position, and a part of the message.
  ['   ', 3, `${SYNTAX}: expected a field`],
  ['metrics.loss', 12, `${SYNTAX}: expected one of = !=`],
  ['metrics.loss >', 14, `${SYNTAX}: expected a number for metric 'loss', found the end`],
  ['metrics.loss > high', 15, "found 'high'"],
  ['metrics.loss > nan', 15, "expected a number for metric 'loss'"],
  ["metrics.loss > '1'", 15, "Expected numeric value type for metric 'loss'. Found '1'"],
  ['metrics.loss > 1e999', 15, 'beyond the range'],
  ["metrics.loss LIKE '1%'", 13, "Invalid comparator 'LIKE' for metric 'loss'"],
  ['metrics.loss == 1', 14, "found '='"],
  ['metrics.loss > 1 metrics.acc > 2', 17, 'expected AND, OR or the end'],
  ['metrics.loss > 1 AND AND', 21, "found 'AND'"],
  ['AND metrics.loss > 1', 0, "found 'AND'"],
  ['metrics.loss > 1 OR', 19, 'expected a field'],
  ['(metrics.loss > 1 AND)', 21, "found ')'"],
  ['(metrics.loss > 1', 17, "expected AND, OR or ')'"],
  ['metrics.loss > 1)', 16, "found ')'"],
  ['metrics.loss = 1; DROP TABLE runs', 16, "found ';'"],
  ['metrics. > 1', 8, "expected a key after 'metrics.'"],
  ['metrics.', 8, 'found the end'],
  ['1 < metrics.loss', 0, "found '1'"],
  ['12abc = 1', 0, "found '1'"],
  ['NOT', 3, 'expected a field'],
  ["params.x = 'abc", 11, 'never closed'],
  ['params.`x y = 1', 7, 'never closed'],
  ['params.x = abc', 11, 'expected a number or a quoted string'],
  ['params.x = `abc`', 11, "found '`abc`'"],
  ['params.x IN', 11, "expected '('"],
  ['params.x IN ()', 13, "found ')'"],
  ["params.x IN ('a' 'b')", 17, "expected ',' or ')'"],
  ['params.x IS 3', 12, 'expected NULL or NOT NULL'],
  ['params.x IS NOT 3', 16, 'expected NULL'],
  ["params.x NOT 'a'", 9, "found 'NOT'"],
  ['params.x LIKE 5', 14, "Expected a quoted string value for param 'x'"],
  ['tags.team = 5', 12, "Expected a quoted string value for tag 'team' (e.g. 'my-value'). Got value 5"],
  ["tags.team IN ('a', 5)", 19, 'Expected a quoted string value'],
  ['status = FINISHED', 9, "found 'FINISHED'"],
  ["start_time > '5'", 13, 'Expected numeric value type'],
  ["speed = 'x'", 0, "Invalid attribute key 'speed' specified. Valid keys are ['run_id'"],
  ["attributes.speed = 'x'", 11, "Invalid attribute key 'speed'"],
  ["metrics.a > 1 AND dataset.size = '1'", 26, "Invalid dataset key 'size'"],
  ["model.name = 'x'", 0, "Invalid entity type 'model'. Valid values are ['attribute', 'metric'"],
  ["name RLIKE '(a'", 11, 'Invalid regular expression'],
  ["name RLIKE '(?=a)'", 11, 'Invalid regular expression'],
  ["名 = 'x'", 0, "Invalid attribute key '名'"],
  ['😀', 0, "found '😀'"],
])('%s is wrong at %d', (text, position, message) => {
  const fault = faultOf(text);
  expect(fault.code).toBe('invalid');
  expect(fault.message).toContain(message);
  expect(fault.details.position).toBe(position);
});

const WORDS = [
  'metrics.a',
  'params.`b c`',
  'status',
  "'x'",
  '"y"',
  '1',
  '-2e3',
  '=',
  '!=',
  '<',
  '(',
  ')',
  ',',
  'AND',
  'or',
  'NOT',
  'IN',
  'is',
  'NULL',
  'LIKE',
  'RLIKE',
  '`',
  "'",
  '.',
  ';',
  ' ',
  "E'\\''",
];

test('any text is understood or refused with a position inside it', () => {
  const word = fc.constantFrom(...WORDS);
  const text = fc.oneof(
    fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    fc.string(),
  );
  fc.assert(
    fc.property(text, (filter) => {
      try {
        parse(filter);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        const { position } = (error as Fault).details;
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(filter.length);
      }
    }),
    { numRuns: 2000 },
  );
});

test('depth is limited, length is not', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}number = 1${')'.repeat(depth)}`;
  expect(parse(nested(99)).kind).toBe('compare');
  expect(faultOf(nested(5000)).message).toContain('at most 100');
  expect(faultOf(`${'NOT '.repeat(5000)}number = 1`).message).toContain('at most 100');
  expect(parse(`number = 1${' OR number = 2'.repeat(5000)}`)).toMatchObject({ kind: 'or' });
});

test('the entity ends at the first dot and aliases become one field', () => {
  expect(parse('metric.a.b.c > 1')).toMatchObject({ field: { entity: 'metric', key: 'a.b.c' } });
  for (const alias of ['created', 'attr.Created', 'run.start_time', 'attributes.`start_time`', 'started']) {
    expect(parse(`${alias} > 1`)).toMatchObject({ field: { entity: 'attribute', key: 'started' } });
  }
});

test('quotes have no escapes, doubled ones stay two, and E-strings can say everything', () => {
  const value = (text: string) => (parse(`tags.t = ${text}`) as { value?: unknown }).value;
  expect(value(String.raw`'a\n%'`)).toBe(String.raw`a\n%`);
  expect(value("'it''s'")).toBe("it''s");
  expect(value('"it\'s"')).toBe("it's");
  expect(value(String.raw`E'it\'s "\\"'`)).toBe(String.raw`it's "\"`);
  expect(value("''")).toBe('');
});

test('keywords are keys only behind an entity or in quotes', () => {
  expect(parse('params.in IN (1)')).toMatchObject({ kind: 'in', field: { key: 'in' } });
  expect(parse('metrics.null IS NULL')).toMatchObject({ kind: 'null', field: { key: 'null' } });
  expect(faultOf('null IS NULL').details.position).toBe(0);
});
