import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import { startAfter } from '#core/query/place.ts';
import { readField } from '#core/query/subject.ts';
import {
  compareRuns,
  matchesRun,
  parseRunFilter,
  parseRunOrder,
  RUN_VOCABULARY,
} from '#core/query/subjects/run.ts';
import type { FoundRuns, RunSearch } from '#core/tracking/ports/readers.ts';
import { RecentCommits } from '#storage/sql/recent-commits.ts';
import { RunColumns } from './run-columns.ts';
import type { RunSource } from './run-source.ts';

const PROJECTS = ['a', 'b'] as ProjectId[];
const SEARCH: RunSearch = {
  projects: PROJECTS,
  view: 'active',
  filter: { kind: 'all' },
  order: [],
  limit: 5,
};
const FILTERS = ['', 'metrics.acc > 0.5', "params.lr = '0.01' AND metrics.acc != 1", "tags.t LIKE 'a%'"];
const ORDERS = [[], ['metrics.acc DESC'], ['params.lr'], ['tags.t DESC', 'metrics.acc'], ['run_id DESC']];

/** Runs in a map: what a database is to the columns. */
class World implements RunSource {
  readonly #runs = new Map<string, Run>();
  readonly feed = new RecentCommits(0);
  onRead = (): void => undefined;
  partsRead = 0;
  runsRead = 0;

  async *readRuns(...[project, fields]: Parameters<RunSource['readRuns']>) {
    this.partsRead += 1;
    this.onRead();
    const runs = [...this.#runs.values()].filter((run) => run.project === project);
    await Promise.resolve();
    yield runs.map((run) => ({
      id: run.id,
      isDeleted: run.deletedAt !== undefined,
      readings: fields.map((field) => readField(RUN_VOCABULARY, run, field)),
    }));
  }

  async runs(ids: readonly string[]) {
    this.runsRead += ids.length;
    this.onRead();
    const runs = ids.flatMap((id) => this.#runs.get(id) ?? []);
    await Promise.resolve();
    return runs;
  }

  set(run: Run): void {
    this.#runs.set(run.id, run);
    this.#tell(run);
  }

  remove(run: Run): void {
    this.#runs.delete(run.id);
    this.#tell(run);
  }

  expected({ projects, filter, order, limit, after, view }: RunSearch): FoundRuns {
    const found = [...this.#runs.values()]
      .filter(({ project }) => projects.includes(project))
      .filter(({ deletedAt }) => view === 'all' || (deletedAt === undefined) === (view === 'active'))
      .filter((run) => matchesRun(filter, run))
      .toSorted(compareRuns(order));
    const start = startAfter(found, after, ({ id }) => id);
    return { items: found.slice(start, start + limit), total: found.length, start };
  }

  #tell({ id: run, project }: Run): void {
    const runs = [{ run, project, isDocument: true, metrics: [] }];
    this.feed.publish({ sequence: this.feed.latest() + 1, projects: [], runs, models: [] });
  }
}

const someRun = fc.record({
  n: fc.nat({ max: 299 }),
  acc: fc.option(fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 0.25, 0.5, 0.75, 1), { nil: undefined }),
  lr: fc.option(fc.constantFrom('0.01', '1e-2', '0.1', '10', '9', 'auto'), { nil: undefined }),
  t: fc.option(fc.constantFrom('a', 'ab', 'b', ''), { nil: undefined }),
  startedAt: fc.nat({ max: 3 }),
  isDeleted: fc.boolean(),
});

function runOf({
  n,
  acc,
  lr,
  t,
  startedAt,
  isDeleted,
}: Readonly<typeof someRun extends fc.Arbitrary<infer T> ? T : never>): Run {
  const like = {
    id: String(n).padStart(3, '0'),
    project: PROJECTS[n % 2],
    startedAt,
    params: new Map(lr === undefined ? [] : [['lr', { text: lr, type: 'string' }]]),
    tags: new Map(t === undefined ? [] : [['t', t]]),
    metrics: new Map(acc === undefined ? [] : [['acc', { last: { step: 0, time: 0, value: acc } }]]),
    datasets: [],
    ...(isDeleted && { deletedAt: 1 }),
  };
  return like as unknown as Run;
}

test('pages of hundreds of runs are those of the evaluator, however runs change between them', async () => {
  const change = fc.record({ run: someRun, isRemoved: fc.boolean() });
  const search = fc.record({
    projects: fc.constantFrom(PROJECTS, [PROJECTS[0] as ProjectId]),
    view: fc.constantFrom('active' as const, 'all' as const),
    filter: fc.constantFrom(...FILTERS).map(parseRunFilter),
    order: fc.constantFrom(...ORDERS).map(parseRunOrder),
    limit: fc.constantFrom(1, 5, 200),
    after: fc.option(
      fc.record({
        position: fc.nat({ max: 20 }),
        id: fc.nat({ max: 299 }).map((n) => String(n).padStart(3, '0')),
      }),
      { nil: undefined },
    ),
  });
  const rounds = fc.array(fc.record({ changes: fc.array(change, { maxLength: 30 }), search }), {
    minLength: 2,
  });
  const first = fc.array(someRun, { minLength: 200, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(first, rounds, fc.constantFrom(0, 30_000, Infinity), async (runs, all, keptBytes) => {
      const world = new World();
      const columns = new RunColumns(world, { feed: world.feed, keptBytes });
      for (const run of runs) world.set(runOf(run));
      for (const { changes, search: ask } of all) {
        for (const { run, isRemoved } of changes) {
          if (isRemoved) world.remove(runOf(run));
          else world.set(runOf(run));
        }
        expect(await columns.search(ask)).toEqual(world.expected(ask));
      }
    }),
    { numRuns: 60 },
  );
});

test('searches at once read the changes once, and each sees them', async () => {
  const { world, columns } = await loaded(10);
  world.set(made(3, { acc: 0.9 }));
  const searches = ['metrics.acc = 0.9', 'metrics.acc != 0.9'].map(parseRunFilter);
  const before = world.runsRead;
  const [changed, others] = await Promise.all(
    searches.map((filter) => columns.search({ ...SEARCH, filter })),
  );
  expect(changed?.items.map(({ id }) => id)).toEqual(['003']);
  expect(others?.total).toBe(9);
  expect(world.runsRead - before).toBe(1 + 1 + 5);
});

test('a run that changes while its page is put together is not shown as what it no longer is', async () => {
  const { world, columns } = await loaded(10);
  const ask = { ...SEARCH, filter: parseRunFilter('metrics.acc = 0.5') };
  const found = columns.search(ask);
  // After the rows were found, before the runs are read.
  const read = world.runs.bind(world);
  world.runs = async (ids) => {
    world.runs = read;
    world.set(made(0, { acc: 0.1 }));
    return read(ids);
  };
  expect((await found).items.map(({ id }) => id)).not.toContain('000');
});

test('a search comes to its end although thousands of runs change all the while', async () => {
  const { world, columns } = await loaded(5000);
  const changeAll = () => {
    for (let n = 0; n < 5000; n += 1) world.set(made(n, { acc: 0.5 }));
  };
  const parts = world.partsRead;
  world.onRead = () => {
    // Were it loaded anew whenever that happens, there would be no end.
    if (world.partsRead - parts > 50) throw new Error('It is loaded again and again.');
    changeAll();
  };
  changeAll();
  expect((await columns.search(SEARCH)).total).toBe(5000);
});

test('columns are read once and kept; what is over the limit is dropped, the longest unused first', async () => {
  const { world, columns } = await loaded(10);
  const of = (text: string) => ({ ...SEARCH, filter: parseRunFilter(text) });
  await columns.search(of('metrics.acc > 0'));
  const before = world.partsRead;
  await columns.search(of('metrics.acc > 0.1'));
  expect(world.partsRead).toBe(before);
  const small = new RunColumns(world, { feed: world.feed, keptBytes: columns.bytes });
  for (const text of ['metrics.acc > 0', 'metrics.other > 0', 'metrics.third > 0'])
    await small.search(of(text));
  expect(small.bytes).toBeLessThanOrEqual(columns.bytes);
  const full = world.partsRead;
  await small.search(of('metrics.third > 0'));
  expect(world.partsRead).toBe(full);
  await small.search(of('metrics.acc > 0'));
  expect(world.partsRead).toBeGreaterThan(full);
});

test('after a gap in the commits everything is read anew', async () => {
  const { world, columns } = await loaded(10);
  const before = world.partsRead;
  world.feed.restart(1000);
  expect((await columns.search(SEARCH)).total).toBe(10);
  expect(world.partsRead).toBe(before + PROJECTS.length);
});

function made(n: number, { acc }: { readonly acc: number }): Run {
  return runOf({ n, acc, lr: undefined, t: undefined, startedAt: 0, isDeleted: false });
}

async function loaded(count: number) {
  const world = new World();
  const columns = new RunColumns(world, { feed: world.feed });
  for (let n = 0; n < count; n += 1) world.set(made(n, { acc: 0.5 }));
  await columns.search({ ...SEARCH, filter: parseRunFilter('metrics.acc > 0') });
  return { world, columns };
}
