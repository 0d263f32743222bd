// Arbitrary searches over a small world of runs whose values collide, and the commits that change it.
import fc from 'fast-check';
import type { ProjectId } from '#core/domain/ids.ts';
import { typeOf } from '#core/query/subject.ts';
import { RUN_VOCABULARY } from '#core/query/subjects/run.ts';
import {
  COMPARATORS,
  PATTERN_OPERATORS,
  type Clause,
  type Condition,
  type Field,
  type Filter,
  type OrderTerm,
} from '#core/query/syntax.ts';
import type { Change, Commit } from '#core/tracking/ports/change.ts';
import type { RunSearch } from '#core/tracking/ports/readers.ts';
import {
  commitOf,
  createProject,
  createRun,
  logPoints,
  runIdOf,
  setParams,
  setTags,
} from './sample-changes.ts';

const PROJECTS = ['0', 'a'] as ProjectId[];
const RUNS = [1, 2, 3, 4, 5, 6, 7, 8].map(runIdOf);
const KEYS = ['k', 'lr', '__proto__'];
const TEXTS = ['', '0', '-0', '0.0', '9', '10', '1e1', ' 7', 'nan', '0x10', 'abc', 'ABC', 'a%c', 'ä😀\n'];
const NUMBERS = [0, -0, 1, 7, 9, 10, 16, -1.5];
const VALUES = [...NUMBERS, NaN, Infinity, -Infinity];
const TIMES = [0, 1, 2, 3];
const STATUSES = ['scheduled', 'running', 'finished', 'failed', 'killed'] as const;
const PATTERNS = ['%', '', 'a%', '%c', '_bc', '%0%', '^a', '[0-9]+$', '(?i)b', '1_'];

const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const run = oneOf(RUNS);
const key = oneOf(KEYS);
const text = oneOf(TEXTS);

/** Six runs, in both projects by turns, made before all else. */
export const FIRST_COMMIT = commitOf([
  createProject('a', PROJECTS[1]),
  ...RUNS.slice(0, 6).map((id, at) =>
    createRun(id, { project: PROJECTS[at % 2] as ProjectId, startedAt: at % 3 }),
  ),
]);

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(run, key, text).map(([id, k, value]) => setParams(id, [[k, value]], 'overwrite')),
  },
  { weight: 2, arbitrary: fc.tuple(run, key, text).map(([id, k, value]) => setTags(id, { [k]: value })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(run, key, fc.integer({ min: 0, max: 3 }), oneOf(VALUES))
      .map(([id, metric, step, value]) => logPoints({ kind: 'run', run: id }, [[metric, step, value]])),
  },
  fc.record({ kind: fc.constant('delete-tag'), run, key }),
  fc
    .record({ run, project: oneOf(PROJECTS), name: text, status: oneOf(STATUSES), startedAt: oneOf(TIMES) })
    .map(({ run: id, ...more }) => createRun(id, more)),
  fc.record(
    {
      kind: fc.constant('update-run'),
      run,
      name: oneOf(['abc', 'ABC', 'n']),
      status: oneOf(STATUSES),
      endedAt: fc.option(oneOf(TIMES)),
    },
    { requiredKeys: ['kind', 'run'] },
  ),
  fc.tuple(run, text, oneOf(['d1', 'd2']), fc.option(text)).map(([id, name, digest, context]): Change => ({
    kind: 'add-inputs',
    run: id,
    datasets: [
      {
        dataset: { name: `n${name}`, digest, sourceType: 'local', source: '' },
        tags: new Map(context === null ? [] : [['mlflow.data.context', context]]),
      },
    ],
    models: [],
  })),
  fc.record({ kind: oneOf(['delete-run', 'restore-run', 'purge-run'] as const), run }),
  fc.record({
    kind: oneOf(['delete-project', 'restore-project'] as const),
    project: fc.constant('a' as ProjectId),
  }),
);

/** Of one change each, so that refusals leave the others. */
export const commits: fc.Arbitrary<readonly Commit[]> = fc.array(
  change.map((one) => commitOf([one])),
  { maxLength: 10 },
);

const attribute = oneOf(
  ['run_id', 'number', 'name', 'status', 'user', 'started', 'ended', 'duration', 'artifact_uri'].map(
    (name): Field => ({ entity: 'attribute', key: name }),
  ),
);
const ordered = fc.oneof(
  attribute,
  fc.record({ entity: oneOf(['metric', 'param', 'tag'] as const), key: oneOf([...KEYS, 'none', 'a\0b']) }),
);
const field: fc.Arbitrary<Field> = fc.oneof(
  { weight: 5, arbitrary: ordered },
  fc.record({ entity: fc.constant('dataset' as const), key: oneOf(['name', 'digest', 'context']) }),
);

const clause: fc.Arbitrary<Clause> = field.chain((of) => {
  const type = typeOf(RUN_VOCABULARY, of);
  const texts = oneOf([...TEXTS, ...STATUSES, ...RUNS, 'n', 'nabc', 'd1']);
  const literal =
    type === 'number' ? oneOf(NUMBERS) : type === 'text' ? texts : fc.oneof(oneOf(NUMBERS), texts);
  const about = fc.constant(of);
  const negated = fc.boolean();
  const compare: fc.Arbitrary<Clause> = fc.record({
    kind: fc.constant('compare'),
    field: about,
    comparator: oneOf(COMPARATORS),
    value: literal,
  });
  const membership: fc.Arbitrary<Clause> = fc.record({
    kind: fc.constant('in'),
    field: about,
    negated,
    values: fc.array(literal, { minLength: 1, maxLength: 3 }),
  });
  const presence: fc.Arbitrary<Clause> = fc.record({ kind: fc.constant('null'), field: about, negated });
  const match: fc.Arbitrary<Clause> = fc.record({
    kind: fc.constant('match'),
    field: about,
    negated,
    operator: oneOf(PATTERN_OPERATORS),
    pattern: oneOf(PATTERNS),
  });
  return type === 'number'
    ? fc.oneof(compare, membership, presence)
    : fc.oneof(compare, membership, presence, match);
});

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    clause,
    fc.record({
      kind: oneOf(['and', 'or'] as const),
      terms: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }) as fc.Arbitrary<Condition>,
    fc.record({ kind: fc.constant('not' as const), term: tie('condition') }),
  ),
}));
const filter: fc.Arbitrary<Filter> = fc.oneof(fc.constant<Filter>({ kind: 'all' }), condition);
const order: fc.Arbitrary<readonly OrderTerm[]> = fc.uniqueArray(
  fc.record({ field: ordered, direction: oneOf(['ascending', 'descending'] as const) }),
  { maxLength: 3, selector: ({ field: of }) => `${of.entity} ${of.key}` },
);

export const searches: fc.Arbitrary<readonly RunSearch[]> = fc.array(
  fc.record({
    projects: fc.oneof(fc.constant(PROJECTS), fc.uniqueArray(oneOf(PROJECTS))),
    view: oneOf(['active', 'deleted', 'all'] as const),
    filter,
    order,
    limit: oneOf([0, 1, 3, 100]),
    after: fc.option(fc.record({ position: fc.integer({ min: 0, max: 9 }), id: run }), {
      nil: undefined,
    }),
  }),
  { maxLength: 6 },
);
