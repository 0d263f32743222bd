import { expect, test } from 'vitest';
import { encodeSeriesFrame } from '#core/contract/series-frame.ts';
import { bucketise } from '#core/signal/m4.ts';
import { SeriesCache, type LineKey, type Look } from './series-cache.ts';

const LOOK: Look = { x: 'step', pixels: 512 };
const loss = (run: string): LineKey => ({ run, metric: 'loss' });

/** A server whose every answer is one point more. */
function countingServer() {
  const asked: (readonly LineKey[])[] = [];
  const cache = new SeriesCache(async (items) => {
    asked.push(items);
    const steps = Float64Array.from({ length: asked.length }, (_, i) => i);
    const buckets = bucketise(steps, steps, 1);
    const frame = encodeSeriesFrame(items.map((item) => ({ ...item, points: asked.length, buckets })));
    return frame.buffer as ArrayBuffer;
  });
  return { cache, asked };
}

const answered = (cache: SeriesCache): Promise<void> =>
  new Promise((resolve) => {
    const end = cache.subscribe(() => {
      end();
      resolve();
    });
  });

test('charts that mount in one turn ask once', async () => {
  const { cache, asked } = countingServer();
  cache.watch(LOOK, [loss('a'), loss('b')]);
  cache.watch(LOOK, [loss('b'), loss('c')]);
  await answered(cache);
  expect(asked).toEqual([[loss('a'), loss('b'), loss('c')]]);
  expect(cache.get(LOOK, loss('c'))?.points).toBe(1);
});

test('a live change asks again for that line only, and the old one stays until then', async () => {
  const { cache, asked } = countingServer();
  cache.watch(LOOK, [loss('a'), loss('b')]);
  await answered(cache);
  const before = cache.get(LOOK, loss('b'));
  cache.markStale('a', new Set(['loss']));
  expect(cache.get(LOOK, loss('a'))?.points).toBe(1);
  await answered(cache);
  expect(asked.at(-1)).toEqual([loss('a')]);
  expect(cache.get(LOOK, loss('a'))?.points).toBe(2);
  expect(cache.get(LOOK, loss('b'))).toBe(before);
});

test('points that arrive while an answer is under way are asked for after it', async () => {
  const { cache, asked } = countingServer();
  cache.watch(LOOK, [loss('a')]);
  await Promise.resolve();
  cache.markStale('a');
  await answered(cache);
  await answered(cache);
  expect(asked).toHaveLength(2);
});

test('what nobody looks at is not refreshed', async () => {
  const { cache, asked } = countingServer();
  const leave = cache.watch(LOOK, [loss('a')]);
  await answered(cache);
  leave();
  cache.markAllStale();
  await Promise.resolve();
  expect(asked).toHaveLength(1);
});
