import { expect, test } from 'vitest';
import type { RunJson } from '#core/contract/schemas.ts';
import { usualColumns } from './columns.ts';
import { arrangeRows } from './rows.ts';

const OBJECTIVE = { metric: 'loss', direction: 'min', aggregate: 'min', origin: 'declared' } as const;

function run(number: number, loss: number | 'NaN' | undefined, params: Record<string, string> = {}): RunJson {
  const point = loss === undefined ? undefined : { step: 1, timeMicros: 1, value: loss };
  return {
    id: number.toString(16).padStart(32, '0'),
    project: '1',
    number,
    name: `run-${number}`,
    status: 'finished',
    userId: '',
    startedAt: number,
    changedAt: number,
    createdBy: { kind: 'local', id: 'local' },
    wire: 'native',
    artifactUri: '',
    source: {},
    params: Object.entries(params).map(([key, text]) => ({ key, text, type: 'string' as const })),
    tags: [],
    metrics: point ? [{ key: 'loss', last: point, ...(loss !== 'NaN' && { min: point, max: point }) }] : [],
    datasets: [],
    modelInputs: [],
    modelOutputs: [],
    sequence: 1,
  };
}

const RUNS = [run(1, 0.5), run(2, 0.2), run(3, undefined), run(4, 'NaN'), run(5, 0.9)];
const READING = { objective: OBJECTIVE, base: undefined, now: 1000 };
const PLAIN = { base: undefined, pins: [], sort: undefined };
const numbers = (rows: ReturnType<typeof arrangeRows>): number[] => rows.map((row) => row.run.number);

test('the best run comes first, runs without a number last and the newest of them first', () => {
  expect(numbers(arrangeRows(RUNS, PLAIN, READING))).toEqual([2, 1, 5, 4, 3]);
});

test('the baseline and the pins stand above whatever the sort says', () => {
  const sort = { column: 'age', isDescending: false };
  const rows = arrangeRows(RUNS, { base: 3, pins: [5, 3], sort }, READING);
  expect(numbers(rows)).toEqual([3, 5, 4, 2, 1]);
  expect(rows.map((row) => row.place)).toEqual(['base', 'pinned', 'plain', 'plain', 'plain']);
});

test('what is missing stays last in both directions', () => {
  const sorted = (isDescending: boolean): number[] =>
    numbers(arrangeRows(RUNS, { ...PLAIN, sort: { column: 'metrics.loss', isDescending } }, READING));
  expect(sorted(false)).toEqual([2, 1, 5, 4, 3]);
  expect(sorted(true)).toEqual([5, 1, 2, 4, 3]);
});

test('params are numbers when they spell one', () => {
  const runs = [run(1, 1, { width: '64' }), run(2, 1, { width: '128' }), run(3, 1, { width: 'auto' })];
  const sort = { column: 'params.width', isDescending: false };
  expect(numbers(arrangeRows(runs, { ...PLAIN, sort }, READING))).toEqual([1, 2, 3]);
});

test('the usual columns are the params in which the runs differ', () => {
  const runs = [run(1, 1, { lr: '0.1', seed: '7' }), run(2, 1, { lr: '0.2', seed: '7' })];
  expect(usualColumns(runs, OBJECTIVE)).toEqual([
    'name',
    'status',
    'objective',
    'delta',
    'trend',
    'params.lr',
    'age',
  ]);
});
