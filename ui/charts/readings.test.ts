import { expect, test } from 'vitest';

import type { ChartLine } from './chart-line.ts';
import { nearestLine, readingsAt } from './readings.ts';
import { project } from '#ui/charts/axis/scale.ts';
import { seriesOfPoints } from './series.ts';

const line = (id: string, ...xy: [number, number][]): ChartLine => ({
  id,
  label: id,
  ink: 1,
  series: seriesOfPoints(
    Float64Array.from(xy, ([x]) => x),
    Float64Array.from(xy, ([, y]) => y),
  ),
});
const high = line('high', [0, 8], [100, 8]);
const low = line('low', [0, 2], [100, 2]);
const short = line('short', [0, 5], [40, 5]);
const ids = (lines: readonly { line: ChartLine }[]): string[] => lines.map((reading) => reading.line.id);

test('readings come best first', () => {
  expect(ids(readingsAt([high, low], 50, 'min').found)).toEqual(['low', 'high']);
  expect(ids(readingsAt([high, low], 50, 'max').found)).toEqual(['high', 'low']);
});

test('a line that has ended has no value here', () => {
  const { found, missing } = readingsAt([high, short], 90, 'min');
  expect(ids(found)).toEqual(['high']);
  expect(missing).toEqual([short]);
});

test('the nearest line is the one drawn nearest, also between two points that are far apart', () => {
  const steep = line('steep', [0, 0], [100, 10]);
  const projections = {
    x: project({ kind: 'linear', from: 0, to: 100 }, 0, 100),
    y: project({ kind: 'linear', from: 0, to: 10 }, 100, 0),
  };
  expect(nearestLine([high, low, steep], { x: 50, y: 48 }, projections)).toMatchObject({ line: steep });
  expect(nearestLine([high, low, steep], { x: 50, y: 24 }, projections)).toMatchObject({ line: high });
  expect(nearestLine([], { x: 50, y: 24 }, projections)).toBeUndefined();
});
