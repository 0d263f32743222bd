import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import type { Run, RunStatus } from '#core/domain/run.ts';
import { matches } from '../evaluate.ts';
import { compareBy, parseOrder } from '../order.ts';
import { parseFilter } from '../parse.ts';
import { readField } from '../subject.ts';
import type { Vocabulary } from '../subject.ts';
import type { Filter, OrderTerm } from '../syntax.ts';

/** What a search of runs may ask. Metrics answer with their latest value; times and `duration` are ms. */
export const RUN_VOCABULARY: Vocabulary<Run> = {
  entities: {
    attribute: {
      keys: {
        run_id: { type: 'text', aliases: ['id'], read: (run) => run.id },
        number: { type: 'number', read: (run) => run.number },
        name: {
          type: 'text',
          aliases: ['run_name', 'run name', 'Run name', 'Run Name'],
          read: (run) => run.name,
        },
        status: {
          type: 'text',
          spelling: (text) => text.toLowerCase(),
          values: ['running', 'finished', 'failed', 'killed', 'scheduled'] satisfies RunStatus[],
          read: (run) => run.status,
        },
        user: { type: 'text', aliases: ['user_id'], read: (run) => run.userId },
        started: {
          type: 'number',
          aliases: ['start_time', 'created', 'Created'],
          read: (run) => run.startedAt,
        },
        ended: { type: 'number', aliases: ['end_time'], read: (run) => run.endedAt },
        duration: {
          type: 'number',
          read: (run) => (run.endedAt === undefined ? undefined : run.endedAt - run.startedAt),
        },
        artifact_uri: { type: 'text', read: (run) => run.artifactUri },
      },
    },
    metric: { type: 'number', read: (run, key) => run.metrics.get(key)?.last.value },
    param: { type: 'scalar', read: (run, key) => run.params.get(key)?.text },
    tag: { type: 'text', read: (run, key) => run.tags.get(key) },
    dataset: {
      keys: {
        name: { type: 'text', read: (run) => run.datasets.map(({ dataset }) => dataset.name) },
        digest: { type: 'text', read: (run) => run.datasets.map(({ dataset }) => dataset.digest) },
        context: {
          type: 'text',
          read: (run) =>
            run.datasets.map(({ tags }) => tags.get(CONTEXT_TAG)).filter((context) => context !== undefined),
        },
      },
    },
  },
};

const NEWEST_FIRST = parseOrder(['started DESC', 'run_id'], RUN_VOCABULARY);

/** @throws Fault `invalid` with the zero-based `position` of the mistake. The empty text asks for all runs. */
export function parseRunFilter(text: string): Filter {
  return parseFilter(text, RUN_VOCABULARY);
}

/** @throws Fault `invalid` when a text is not understood or a field comes twice. */
export function parseRunOrder(texts: readonly string[]): OrderTerm[] {
  return parseOrder(texts, RUN_VOCABULARY);
}

export function matchesRun(filter: Filter, run: Run): boolean {
  return matches(filter, (field) => readField(RUN_VOCABULARY, run, field));
}

/** The terms, then the newest first, then by id: a total order. */
export function totalRunOrder(order: readonly OrderTerm[]): readonly OrderTerm[] {
  return [...order, ...NEWEST_FIRST];
}

/** Compares runs by `totalRunOrder`. */
export function compareRuns(order: readonly OrderTerm[]): (a: Run, b: Run) => number {
  return compareBy(totalRunOrder(order), RUN_VOCABULARY);
}
