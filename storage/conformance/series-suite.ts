import { describe, expect } from 'vitest';
import { bucketise, bucketWidth } from '#core/signal/m4.ts';
import { commitOf, createModel, createRun, logPoints, modelIdOf, runIdOf } from './sample-changes.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;
const LOSS = { owner: OWNER, metric: 'loss' } as const;

/** Specifies `SeriesReader` and what a run carries of its metrics. */
export function seriesSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: series`, () => {
    it('reads as empty what was never logged', async ({ series }) => {
      expect((await series.read(LOSS)).steps).toHaveLength(0);
      const { buckets, extent, points } = await series.buckets({ series: LOSS, x: 'step', pixels: 100 });
      expect([buckets.count.length, extent, points]).toEqual([0, undefined, 0]);
    });

    it('orders by step, time and value; keeps repeated and negative steps; counts an exact repetition once', async ({
      writer,
      series,
    }) => {
      const rows = [
        ['loss', 2, 1, 10],
        ['loss', -1.5, 9, 30],
        ['loss', 2, 5, 5],
        ['loss', 2, 0.5, 10],
        ['loss', 2, 1, 10],
      ] as const;
      await writer.commit(commitOf([createRun(RUN), logPoints(OWNER, rows)]));
      await writer.commit(commitOf([logPoints(OWNER, rows)]));
      const { steps, times, values } = await series.read(LOSS);
      expect([...steps]).toEqual([-1.5, 2, 2, 2]);
      expect([...times]).toEqual([30, 5, 10, 10]);
      expect([...values]).toEqual([9, 5, 0.5, 1]);
    });

    it('keeps NaN, infinities, −0 and the least double bit for bit', async ({ writer, series, catalog }) => {
      const odd = [NaN, Infinity, -Infinity, -0, Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2];
      await writer.commit(
        commitOf([
          createRun(RUN),
          logPoints(
            OWNER,
            odd.map((value, step) => ['loss', step, value] as const),
          ),
        ]),
      );
      const { values } = await series.read(LOSS);
      expect(values.length).toBe(odd.length);
      for (const [i, value] of odd.entries()) expect(values[i]).toBe(value);
      const summary = (await catalog.run(RUN))?.metrics.get('loss');
      expect([summary?.min?.value, summary?.max?.value]).toEqual([-Infinity, Infinity]);
    });

    it('summarises a series of NaN without extremes, and NaN ranks as 0 among equals', async ({
      writer,
      catalog,
    }) => {
      await writer.commit(
        commitOf([
          createRun(RUN),
          logPoints(OWNER, [
            ['loss', 1, NaN, 5],
            ['acc', 1, NaN, 5],
            ['acc', 1, 0.5, 5],
            ['acc', 1, -1, 5],
          ]),
        ]),
      );
      const metrics = (await catalog.run(RUN))?.metrics;
      expect(metrics?.get('loss')).toEqual({ last: { step: 1, time: 5, value: NaN } });
      expect(metrics?.get('acc')?.last.value).toBe(0.5);
    });

    it('keeps metrics apart by name and by owner, hostile names too', async ({ writer, series, catalog }) => {
      const model = { kind: 'model', model: modelIdOf(1), run: RUN } as const;
      const names = ['__proto__', 'constructor', 'Loss', 'loss', '损失', 'loss/val', '🎉'];
      await writer.commit(
        commitOf([
          createRun(RUN),
          createModel(model.model),
          logPoints(
            OWNER,
            names.map((metric, i) => [metric, 1, i] as const),
          ),
          logPoints(model, [['loss', 1, 77]]),
          logPoints({ ...model, dataset: { name: 'd', digest: '1' } }, [['loss', 1, 78]]),
        ]),
      );
      const valueOf = async (owner: typeof OWNER | typeof model, metric: string) =>
        (await series.read({ owner, metric })).values[0];
      for (const [i, metric] of names.entries()) {
        expect(await valueOf(OWNER, metric)).toBe(i);
      }
      expect(await valueOf(model, 'loss')).toBe(77);
      expect([...((await catalog.run(RUN))?.metrics.keys() ?? [])].toSorted()).toEqual(names.toSorted());
    });

    it('merges what came in many commits, more than one chunk holds', async ({ writer, series, catalog }) => {
      await writer.commit(commitOf([createRun(RUN)]));
      const total = 5000;
      for (let from = 0; from < total; from += 500) {
        const rows = Array.from(
          { length: 500 },
          (_, i) => ['loss', total - 1 - from - i, Math.sin(from + i)] as const,
        );
        await writer.commit(commitOf([logPoints(OWNER, rows)]));
      }
      const { steps, values } = await series.read(LOSS);
      expect(steps.length).toBe(total);
      expect(steps.every((step, i) => step === i)).toBe(true);
      expect(values.every((value, i) => value === Math.sin(total - 1 - i))).toBe(true);
      expect((await catalog.run(RUN))?.metrics.get('loss')?.last.step).toBe(total - 1);
    });

    it('buckets equal brute force over the same points, by step, time and seconds since the start', async ({
      writer,
      series,
    }) => {
      const rows = Array.from({ length: 3000 }, (_, i) => {
        const value = i % 97 === 0 ? NaN : Math.sin(i / 50);
        return ['loss', i, value, 1_700_000_000_000_000 + i * 1500] as const;
      });
      await writer.commit(commitOf([createRun(RUN), logPoints(OWNER, rows)]));
      const { steps, times, values } = await series.read(LOSS);
      const axes = {
        step: steps,
        time: times.map((time) => time / 1e6),
        relative: times.map((time) => (time - (times[0] ?? 0)) / 1e6),
      };
      for (const [x, xs] of Object.entries(axes) as [keyof typeof axes, Float64Array][]) {
        const [from, to] = [xs[0] ?? 0, xs.at(-1) ?? 0];
        const all = await series.buckets({ series: LOSS, x, pixels: 200 });
        expect(all).toEqual({
          buckets: bucketise(xs, values, bucketWidth(from, to, 200)),
          extent: [from, to],
          points: 3000,
        });
        const range = [xs[500] ?? 0, xs[1500] ?? 0] as const;
        const some = await series.buckets({ series: LOSS, x, pixels: 50, range, width: 2 ** -3 });
        const expected = bucketise(xs.slice(500, 1501), values.slice(500, 1501), 2 ** -3);
        expect(some).toEqual({ buckets: expected, extent: [from, to], points: 1001 });
      }
    });
  });
}
