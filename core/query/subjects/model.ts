import type { LoggedModel, ModelStatus } from '#core/domain/logged-model.ts';
import { matches } from '../evaluate.ts';
import { compareBy, parseOrder } from '../order.ts';
import { parseFilter } from '../parse.ts';
import { readField } from '../subject.ts';
import type { Vocabulary } from '../subject.ts';
import type { Filter, OrderTerm } from '../syntax.ts';

/**
 * What a search of logged models may ask; times are ms. A model has a metric as often as runs measured it on
 * datasets; to ask about one dataset, pass models with that dataset's metrics only.
 */
export const MODEL_VOCABULARY: Vocabulary<LoggedModel> = {
  entities: {
    attribute: {
      keys: {
        model_id: { type: 'text', aliases: ['id'], read: (model) => model.id },
        name: { type: 'text', read: (model) => model.name },
        model_type: { type: 'text', read: (model) => model.modelType },
        status: {
          type: 'text',
          // Ours is `ready` where MLflow says LOGGED_MODEL_READY.
          spelling: (text) => text.toLowerCase().replace(/^logged_model_/, ''),
          values: ['ready', 'pending', 'upload_failed'] satisfies ModelStatus[],
          read: (model) => model.status,
        },
        source_run_id: { type: 'text', read: (model) => model.sourceRun },
        created: {
          type: 'number',
          aliases: ['creation_timestamp', 'creation_time', 'creation_timestamp_ms'],
          read: (model) => model.createdAt,
        },
        updated: {
          type: 'number',
          aliases: ['last_updated_timestamp', 'last_updated_timestamp_ms'],
          read: (model) => model.updatedAt,
        },
      },
    },
    metric: { type: 'number', read: latestFirst },
    param: { type: 'scalar', read: (model, key) => model.params.get(key) },
    tag: { type: 'text', read: (model, key) => model.tags.get(key) },
  },
};

const NEWEST_FIRST = parseOrder(['created DESC', 'model_id'], MODEL_VOCABULARY);

/** @throws Fault `invalid` with the zero-based `position` of the mistake. The empty text asks for all models. */
export function parseModelFilter(text: string): Filter {
  return parseFilter(text, MODEL_VOCABULARY);
}

/** @throws Fault `invalid` when a text is not understood or a field comes twice. */
export function parseModelOrder(texts: readonly string[]): OrderTerm[] {
  return parseOrder(texts, MODEL_VOCABULARY);
}

export function matchesModel(filter: Filter, model: LoggedModel): boolean {
  return matches(filter, (field) => readField(MODEL_VOCABULARY, model, field));
}

/** Orders models by the terms alone; 0 when they say nothing. */
export function compareModelsBy(order: readonly OrderTerm[]): (a: LoggedModel, b: LoggedModel) => number {
  return compareBy(order, MODEL_VOCABULARY);
}

/** Orders models by the terms, then the newest first, then by id: a total order. */
export function compareModels(order: readonly OrderTerm[]): (a: LoggedModel, b: LoggedModel) => number {
  return compareBy([...order, ...NEWEST_FIRST], MODEL_VOCABULARY);
}

/** The latest value of each of the model's series of that name; the series measured last comes first: it sorts. */
function latestFirst(model: LoggedModel, key: string): number[] {
  return model.metrics
    .filter(({ metric }) => metric === key)
    .map(({ summary }) => summary.last)
    .toSorted((a, b) => b.time - a.time || b.step - a.step)
    .map(({ value }) => value);
}
