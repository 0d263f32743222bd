import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_PROJECT, type RunId } from '#core/domain/ids.ts';
import { textParam } from '#core/domain/run.ts';
import { parseRunFilter, parseRunOrder } from '#core/query/subjects/run.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { RunSearch } from '#core/tracking/ports/readers.ts';
import type { Writer } from '#core/tracking/ports/writer.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { seeded } from '../tests/crash/seeded.ts';
import type { Figure } from './report.ts';
import { median, quantile } from './statistics.ts';

/** `SEARCH_RUNS=1000000` for the million that the figures are asked for. */
const RUNS = Number(process.env['SEARCH_RUNS'] ?? 100_000);
const RUNS_PER_COMMIT = 20;
const NAMES = Array.from({ length: 20 }, (_, n) => n);
const TAGS = 10;
const ROUNDS = 21;
const SEALING_MS = 300;
const SEED = 20_261_125;
const AT = 1_795_000_000_000;
const ACTOR = { kind: 'user', id: 'ada' } as const;
const RATES = ['0.1', '0.03', '0.01', '0.003', '0.001'];

/** Searches of runs with 20 params, 20 metrics and 10 tags each, on SQLite: the first of each column, then warm. */
export async function search(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cairn-search-'));
  const open = () => openSqliteStore({ directory, onFatal: fail });
  try {
    const empty = await open();
    const filling = performance.now();
    await fill(empty.writer);
    const filled = performance.now() - filling;
    await empty.close();
    const store = await open();
    const { catalog } = store;
    const before = memory();
    const of = (filter: string, order: readonly string[] = []): RunSearch => ({
      projects: [DEFAULT_PROJECT],
      view: 'active',
      filter: parseRunFilter(filter),
      order: parseRunOrder(order),
      limit: 100,
    });
    const best = of("metrics.acc > 0.9 AND params.lr = '0.01'", ['metrics.acc DESC']);
    const none = { ...best, limit: 0 };
    const figures: Figure[] = [
      figure('filling, durable', (RUNS / filled) * 1000, 'runs/s'),
      await once(
        'first search after a start: acc > 0.9 AND lr, top 100',
        () => catalog.searchRuns(best),
        '≤ 2000 ms at 1 M',
      ),
      ...(await often('the same again, page included', () => catalog.searchRuns(best))),
      ...(await often('its filter and count', () => catalog.searchRuns(none), '≤ 15 ms at 1 M')),
      await once('first order by another metric', () => catalog.searchRuns(of('', ['metrics.m7']))),
      ...(await often('order of all by another metric', () => catalog.searchRuns(of('', ['metrics.m7'])))),
      ...(await often('newest 100 of all', () => catalog.searchRuns(of('')))),
      await once('first LIKE on a tag that each has its own', () =>
        catalog.searchRuns(of("tags.note LIKE '%77%'")),
      ),
      ...(await often('LIKE on that tag', () => catalog.searchRuns(of("tags.note LIKE '%77%'")))),
    ];
    const random = seeded(SEED);
    const somewhere = () => of(`number > ${Math.floor(random() * (RUNS - 100))}`, ['number']);
    await catalog.searchRuns(somewhere());
    const change = async (round: number) => {
      const points = pointsOf(idOf(round), [['acc', 0.95]], 2);
      await store.writer.commit({ actor: ACTOR, at: AT, changes: [points] });
      // Sealing what was filled in goes on behind the commit, on the same thread.
      await setTimeout(SEALING_MS);
    };
    figures.push(
      ...(await often(
        'a page of 100 whole runs, somewhere among all',
        () => catalog.searchRuns(somewhere()),
        '≤ 10 ms',
      )),
      ...(await often('top 100 after a commit to a run', () => catalog.searchRuns(best), undefined, change)),
      figure('memory of the columns and all else since the start', memory() - before, 'MB'),
    );
    await store.close();
    return figures;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One commit after the other, each with fewer new series than a round of sealing takes: nothing piles up in memory. */
async function fill(writer: Writer): Promise<void> {
  const random = seeded(SEED);
  for (let first = 0; first < RUNS; first += RUNS_PER_COMMIT) {
    const changes: Change[] = [];
    for (let n = first; n < Math.min(first + RUNS_PER_COMMIT, RUNS); n += 1)
      changes.push(...runOf(n, random));
    await writer.commit({ actor: ACTOR, at: AT, changes });
  }
}

function runOf(n: number, random: () => number): readonly Change[] {
  const id = idOf(n);
  const run = {
    id,
    project: DEFAULT_PROJECT,
    name: `run-${n}`,
    status: 'finished',
    userId: `user-${n % 17}`,
    startedAt: AT + n,
    wire: 'native',
    artifactUri: `mlflow-artifacts:/0/${id}/artifacts`,
  } as const;
  const rate = RATES[Math.floor(random() * RATES.length)] as string;
  const params = NAMES.map((p) => ({
    key: p === 0 ? 'lr' : `p${p}`,
    value: textParam(p === 0 ? rate : `${Math.floor(random() * 50)}`),
  }));
  const tags = Array.from({ length: TAGS }, (_, t) => ({
    key: t === 0 ? 'note' : `t${t}`,
    value: t === 0 ? `note ${n} of ${Math.floor(random() * 1e6)}` : `value ${Math.floor(random() * 20)}`,
  }));
  const values = NAMES.map((m): [string, number] => [m === 0 ? 'acc' : `m${m}`, random()]);
  return [
    { kind: 'create-run', run },
    { kind: 'set-params', run: id, policy: 'once', params },
    { kind: 'set-tags', run: id, tags },
    pointsOf(id, values),
  ];
}

function pointsOf(run: RunId, values: readonly (readonly [string, number])[], step = 1): Change {
  return {
    kind: 'log-points',
    points: {
      owner: { kind: 'run', run },
      metrics: values.map(([metric]) => metric),
      metricAt: Uint32Array.from(values, (_, at) => at),
      steps: new Float64Array(values.length).fill(step),
      times: new Float64Array(values.length).fill(AT * 1000),
      values: Float64Array.from(values, ([, value]) => value),
    },
  };
}

async function once(what: string, work: () => Promise<unknown>, asked?: string): Promise<Figure> {
  const start = performance.now();
  await work();
  return figure(what, performance.now() - start, 'ms', asked);
}

async function often(
  what: string,
  work: () => Promise<unknown>,
  asked?: string,
  prepare: (round: number) => Promise<void> = async () => undefined,
): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await prepare(round);
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return [figure(what, median(times), 'ms', asked), figure(`${what}, p95`, quantile(times, 0.95), 'ms')];
}

function figure(what: string, value: number, unit: string, asked?: string): Figure {
  const of = `${what}, ${RUNS.toLocaleString('en-US')} runs`;
  return { bench: 'search', what: of, value, unit, ...(asked !== undefined && { asked }) };
}

/** What is in use after a collection: what JavaScript holds, without SQLite's cache. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

function idOf(n: number): RunId {
  // Spread like random ones: Knuth's multiplicative hash is a bijection of 32 bits.
  const spread = Math.imul(n, 2_654_435_761) >>> 0;
  return spread.toString(16).padStart(32, '0') as RunId;
}

function fail(error: unknown): never {
  throw error;
}
