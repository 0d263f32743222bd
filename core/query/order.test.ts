import { expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import { compareBy, parseOrder } from './order.ts';
import type { Vocabulary } from './subject.ts';
import { RUN_VOCABULARY } from './subjects/run.ts';

test.each([
  ['metrics.loss', 'ascending'],
  ['metrics.loss asc', 'ascending'],
  ['metric.`loss` DESC', 'descending'],
  ['  "metrics".loss   desc ', 'descending'],
])('%s is ordered %s', (text, direction) => {
  const field = { entity: 'metric', key: 'loss' };
  expect(parseOrder([text], RUN_VOCABULARY)).toEqual([{ field, direction }]);
});

test.each([
  [[''], 0, 'expected a field'],
  [['metrics.loss down'], 13, "expected ASC, DESC or the end, found 'down'"],
  [['metrics.loss ASC DESC'], 17, "found 'DESC'"],
  [['name', 'speed'], 0, "Invalid attribute key 'speed'"],
  [['dataset.name'], 0, "Invalid order_by entity type 'dataset'"],
  [['start_time', 'attributes.created DESC'], undefined, '`order_by` contains duplicate fields'],
])('the order %j is refused', (texts, position, message) => {
  try {
    parseOrder(texts, RUN_VOCABULARY);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).message).toContain(message);
    expect((error as Fault).details.position).toBe(position);
  }
});

test('numbers come first, then texts, NaN, and what is missing; descending turns only the values', () => {
  const vocabulary: Vocabulary<{ value?: string | number }> = {
    entities: { param: { type: 'scalar', read: ({ value }) => value } },
  };
  const rows = ['b', NaN, undefined, '10', 'a', '9', 1e3, '-1'].map((value) =>
    value === undefined ? {} : { value },
  );
  const sorted = (order: string) =>
    rows.toSorted(compareBy(parseOrder([order], vocabulary), vocabulary)).map(({ value }) => value);
  expect(sorted('params.x')).toEqual(['-1', '9', '10', 1e3, 'a', 'b', NaN, undefined]);
  expect(sorted('params.x DESC')).toEqual(['b', 'a', 1e3, '10', '9', '-1', NaN, undefined]);
});
