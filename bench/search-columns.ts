import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import type { Reading } from '#core/query/subject.ts';
import { parseRunFilter, parseRunOrder } from '#core/query/subjects/run.ts';
import type { Field } from '#core/query/syntax.ts';
import { RunColumns } from '#storage/columns/run-columns.ts';
import type { RunSource } from '#storage/columns/run-source.ts';
import { RecentCommits } from '#storage/sql/recent-commits.ts';
import { seeded } from '../tests/crash/seeded.ts';
import type { Figure } from './report.ts';
import { median, quantile } from './statistics.ts';

const RUNS = 1_000_000;
const PART = 500;
const ROUNDS = 21;
const SEED = 20_261_125;
const PROJECT = '0' as ProjectId;
const RATES = ['0.1', '0.03', '0.01', '0.003', '0.001'];

/** Searches among a million runs, from columns alone: no database is read, no run of the page is put together. */
export async function searchColumns(): Promise<Figure[]> {
  const before = memory();
  const feed = new RecentCommits(0);
  const columns = new RunColumns(source, { feed });
  const ask = (filter: string, order: readonly string[] = []) => {
    const parsed = { filter: parseRunFilter(filter), order: parseRunOrder(order) };
    return columns.search({ projects: [PROJECT], view: 'active', limit: 100, ...parsed });
  };
  const figures: Figure[] = [];
  const measure = async (what: string, work: () => Promise<unknown>, asked?: string): Promise<void> => {
    await work();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    figures.push({ ...figure(what, median(times), 'ms'), ...(asked !== undefined && { asked }) });
    figures.push(figure(`${what}, p95`, quantile(times, 0.95), 'ms'));
  };
  const best = "metrics.acc > 0.9 AND params.lr = '0.01'";
  await measure('acc > 0.9 AND lr, top 100', () => ask(best, ['metrics.acc DESC']), '≤ 15 ms');
  await measure('that, ordered by another metric', () => ask(best, ['metrics.loss']));
  await measure('all, ordered by a metric', () => ask('', ['metrics.loss']));
  await measure('the newest of all', () => ask(''));
  await measure('the oldest of all', () => ask('', ['started ASC']));
  await measure('LIKE on a tag that each has its own', () => ask("tags.note LIKE '%77%'"));
  await measure('params.lr IN and NOT a status', () =>
    ask("params.lr IN ('0.1', '0.3') AND NOT status = 'failed'"),
  );
  figures.push(figure('memory of these eight columns', memory() - before, 'MB'));
  return figures;
}

const source: RunSource = {
  async *readRuns(_, fields) {
    const random = seeded(SEED);
    for (let first = 0; first < RUNS; first += PART) {
      yield Array.from({ length: PART }, (__, at) => ({
        id: idOf(first + at),
        isDeleted: false,
        readings: fields.map((field) => valueOf(field, first + at, random)),
      }));
    }
  },
  runs: async (ids) => ids.map((id) => ({ id }) as Run),
};

function valueOf({ entity, key }: Field, n: number, random: () => number): Reading {
  if (entity === 'metric') return random();
  if (entity === 'param') return RATES[Math.floor(random() * RATES.length)];
  if (entity === 'tag') return `note ${n} of ${Math.floor(random() * 1e6)}`;
  return key === 'status' ? 'finished' : n;
}

function idOf(n: number): RunId {
  // Spread like random ones: Knuth's multiplicative hash is a bijection of 32 bits.
  const spread = Math.imul(n, 2_654_435_761) >>> 0;
  return spread.toString(16).padStart(32, '0') as RunId;
}

function figure(what: string, value: number, unit: string): Figure {
  return { bench: 'search-columns', what: `${what}, ${RUNS.toLocaleString('en-US')} runs`, value, unit };
}

/** What is in use after a collection. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
