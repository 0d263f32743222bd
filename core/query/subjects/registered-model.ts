import { PROMPT_TAG, type RegisteredModel } from '#core/domain/registry.ts';
import { matches } from '../evaluate.ts';
import { compareBy, parseOrder } from '../order.ts';
import { parseFilter } from '../parse.ts';
import { readField, type Vocabulary } from '../subject.ts';
import type { Filter, OrderTerm } from '../syntax.ts';

/** What a search of registered models may ask; times are ms. A model that says nothing of prompts is none: the tag reads `false`. */
export const REGISTERED_MODEL_VOCABULARY: Vocabulary<RegisteredModel> = {
  entities: {
    attribute: {
      keys: {
        name: { type: 'text', read: (model) => model.name },
        owner: { type: 'text', read: (model) => model.owner },
        description: { type: 'text', read: (model) => model.description },
        created: {
          type: 'number',
          aliases: ['creation_timestamp', 'creation_time'],
          read: (model) => model.createdAt,
        },
        updated: {
          type: 'number',
          aliases: ['last_updated_timestamp', 'timestamp'],
          read: (model) => model.updatedAt,
        },
        versions: { type: 'number', read: (model) => model.versions },
        alias: { type: 'text', read: (model) => [...model.aliases.keys()] },
        stage: {
          type: 'text',
          spelling: (text) => text.toLowerCase(),
          read: (model) => [...model.stages.keys()],
        },
      },
    },
    tag: {
      type: 'text',
      read: ({ tags }, key) => tags.get(key) ?? (key === PROMPT_TAG ? 'false' : undefined),
    },
  },
};

const BY_NAME = parseOrder(['name'], REGISTERED_MODEL_VOCABULARY);

/** @throws Fault `invalid` with the zero-based `position` of the mistake. The empty text asks for all that are no prompts. */
export function parseRegisteredModelFilter(text: string): Filter {
  return withoutPrompts(parseFilter(text, REGISTERED_MODEL_VOCABULARY));
}

/** @throws Fault `invalid` when a text is not understood or a field comes twice. */
export function parseRegisteredModelOrder(texts: readonly string[]): OrderTerm[] {
  return parseOrder(texts, REGISTERED_MODEL_VOCABULARY);
}

export function matchesRegisteredModel(filter: Filter, model: RegisteredModel): boolean {
  return matches(filter, (field) => readField(REGISTERED_MODEL_VOCABULARY, model, field));
}

/** Orders models by the terms, then by name: a total order. */
export function compareRegisteredModels(
  order: readonly OrderTerm[],
): (a: RegisteredModel, b: RegisteredModel) => number {
  return compareBy([...order, ...BY_NAME], REGISTERED_MODEL_VOCABULARY);
}

/** The filter, with prompts left out unless it asks about them itself. */
export function withoutPrompts(filter: Filter): Filter {
  if (asksAboutPrompts(filter)) return filter;
  const field = { entity: 'tag', key: PROMPT_TAG } as const;
  const isNone = { kind: 'compare', field, comparator: '!=', value: 'true' } as const;
  if (filter.kind === 'all') return isNone;
  return { kind: 'and', terms: filter.kind === 'and' ? [...filter.terms, isNone] : [filter, isNone] };
}

function asksAboutPrompts(filter: Filter): boolean {
  if (filter.kind === 'all') return false;
  if (filter.kind === 'and' || filter.kind === 'or') return filter.terms.some(asksAboutPrompts);
  if (filter.kind === 'not') return asksAboutPrompts(filter.term);
  return filter.field.entity === 'tag' && filter.field.key === PROMPT_TAG;
}
