import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toMetricValue } from '#core/contract/numbers.ts';
import { ClientLog, noteOf, timeAt, valueAt } from './client-log.ts';
import { judge, type Stored } from './oracle.ts';

const METRIC = 'metric_0';
const RUN = 'a'.repeat(32);
const FIRST = { id: 0, firstStep: 0, points: 3 };
const SECOND = { id: 1, firstStep: 3, points: 2 };

test('a server that kept what was acknowledged, and perhaps what was only sent, is innocent', () => {
  for (const steps of [3, 5]) {
    expect(judge(clientLog(), METRIC, stored(steps))).toMatchObject({
      acked: 3,
      stored: steps,
      lost: [],
      doubled: [],
      wrong: [],
    });
  }
});

test('an acknowledged point, param or run that is missing is lost', () => {
  expect(judge(clientLog(), METRIC, stored(2)).lost).toHaveLength(1);
  const kept = stored(3);
  expect(judge(clientLog(), METRIC, { ...kept, run: { ...kept.run, params: [] } }).lost).toHaveLength(1);
  expect(judge(clientLog(), METRIC, { ...kept, created: [] }).lost).toEqual([`run ${RUN}`]);
});

test('a point or run that is there twice is doubled', () => {
  const { points, created, run } = stored(3);
  const twice = { run, points: [...points, ...points.slice(1, 2)], created: [...created, ...created] };
  expect(judge(clientLog(), METRIC, twice).doubled).toEqual([`${METRIC} step 1`, `run ${RUN}`]);
});

test('half an unacknowledged batch is wrong, and so are other bits and steps that nobody sent', () => {
  expect(judge(clientLog(), METRIC, stored(4)).wrong).toHaveLength(1);
  const beyond = stored(6).points.slice(5);
  const kept = stored(5);
  expect(judge(clientLog(), METRIC, { ...kept, points: [...kept.points, ...beyond] }).wrong[0]).toMatch(
    'step 5',
  );
  const flipped = kept.points.map((point) => (point.step === 0 ? { ...point, value: 0 } : point));
  expect(judge(clientLog(), METRIC, { ...kept, points: flipped }).wrong[0]).toMatch('step 0 value 0');
});

test('a summary that is not the fold of the history is wrong, in each of its parts', () => {
  const { run, ...rest } = stored(3);
  const other = { step: 1, timeMicros: 1, value: 1e9 };
  const metrics = [{ key: METRIC, last: other, min: other, max: other }];
  const { wrong: found } = judge(clientLog(), METRIC, { ...rest, run: { ...run, metrics } });
  expect(found.filter((line) => line.includes('summary'))).toHaveLength(3);
});

/** The first batch and the run are acknowledged, the second batch is only sent. */
function clientLog(): ClientLog {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-oracle-'));
  const log = new ClientLog(join(folder, 'log'));
  onTestFinished(() => {
    log.close();
    rmSync(folder, { recursive: true });
  });
  log.sendBatch(FIRST);
  log.acknowledge(0);
  log.sendCreation({ id: 15, run: RUN });
  log.acknowledge(15);
  log.sendBatch(SECOND);
  return log;
}

/** What a good server holds when the first `steps` points arrived. */
function stored(steps: number): Stored {
  const points = Array.from({ length: steps }, (_, step) => ({
    step,
    time: timeAt(step) * 1000,
    value: valueAt(METRIC, step),
  }));
  const ascending = points.filter(({ value }) => !Number.isNaN(value)).toSorted((a, b) => a.value - b.value);
  const [last, min, max] = [points.at(-1), ascending[0], ascending.at(-1)].map(
    (point) => point && { step: point.step, timeMicros: point.time, value: toMetricValue(point.value) },
  );
  const note = noteOf(FIRST) ?? { key: '', value: '' };
  return {
    points,
    run: {
      params: [{ key: note.key, text: note.value, type: 'string' }],
      tags: [note],
      metrics: last ? [{ key: METRIC, last, ...(min && { min }), ...(max && { max }) }] : [],
    },
    created: [
      {
        id: RUN,
        params: [{ key: 'run', text: RUN, type: 'string' }],
        tags: [{ key: 'writer', value: METRIC }],
      },
    ],
  };
}
