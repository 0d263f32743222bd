import { PROMPT_TAG, type ModelVersion, type RegisteredModel } from '#core/domain/registry.ts';
import { matches } from '../evaluate.ts';
import { compareBy, parseOrder } from '../order.ts';
import { parseFilter } from '../parse.ts';
import { readField, type Vocabulary } from '../subject.ts';
import type { Clause, Filter, OrderTerm } from '../syntax.ts';
import { withoutPrompts } from './registered-model.ts';

/** A version with the model that it is of: its name and aliases are the model's. */
export interface VersionSubject {
  readonly version: ModelVersion;
  readonly model: RegisteredModel;
}

/** What a search of model versions may ask; times are ms. */
export const MODEL_VERSION_VOCABULARY: Vocabulary<VersionSubject> = {
  entities: {
    attribute: {
      keys: {
        name: { type: 'text', read: ({ model }) => model.name },
        number: {
          type: 'number',
          aliases: ['version_number', 'version'],
          read: ({ version }) => version.number,
        },
        run_id: { type: 'text', read: ({ version }) => version.run },
        model_id: { type: 'text', read: ({ version }) => version.loggedModel },
        source: { type: 'text', aliases: ['source_path'], read: ({ version }) => version.source },
        stage: {
          type: 'text',
          aliases: ['current_stage'],
          spelling: (text) => text.toLowerCase(),
          read: ({ version }) => version.stage,
        },
        alias: {
          type: 'text',
          read: ({ model, version }) =>
            [...model.aliases].filter(([, number]) => number === version.number).map(([alias]) => alias),
        },
        user: { type: 'text', aliases: ['user_id'], read: ({ version }) => version.userId },
        created: {
          type: 'number',
          aliases: ['creation_timestamp', 'creation_time'],
          read: ({ version }) => version.createdAt,
        },
        updated: {
          type: 'number',
          aliases: ['last_updated_timestamp'],
          read: ({ version }) => version.updatedAt,
        },
      },
    },
    tag: { type: 'text', read: readTag },
  },
};

const NEWEST_FIRST = parseOrder(['updated DESC', 'name', 'number DESC'], MODEL_VERSION_VOCABULARY);
const BY_NAME = NEWEST_FIRST.slice(1);

/** @throws Fault `invalid` with the zero-based `position` of the mistake. The empty text asks for all that are no prompts. */
export function parseVersionFilter(text: string): Filter {
  return withoutPrompts(parseFilter(text, MODEL_VERSION_VOCABULARY));
}

/** @throws Fault `invalid` when a text is not understood or a field comes twice. */
export function parseVersionOrder(texts: readonly string[]): OrderTerm[] {
  return parseOrder(texts, MODEL_VERSION_VOCABULARY);
}

export function matchesVersion(filter: Filter, subject: VersionSubject): boolean {
  return matches(filter, (field) => readField(MODEL_VERSION_VOCABULARY, subject, field));
}

/** Orders versions by the terms, then by name and greatest number; without terms the last updated first. A total order. */
export function compareVersions(
  order: readonly OrderTerm[],
): (a: VersionSubject, b: VersionSubject) => number {
  return compareBy(order.length === 0 ? NEWEST_FIRST : [...order, ...BY_NAME], MODEL_VERSION_VOCABULARY);
}

/** Clauses of which each holds for whatever the filter finds: what a store may narrow by before the filter decides. */
export function necessaryClauses(filter: Filter): readonly Clause[] {
  if (filter.kind === 'all' || filter.kind === 'or' || filter.kind === 'not') return [];
  return filter.kind === 'and' ? filter.terms.flatMap(necessaryClauses) : [filter];
}

/** A version without a word on prompts is what its model is. */
function readTag({ model, version }: VersionSubject, key: string): string | undefined {
  const said = version.tags.get(key);
  if (said !== undefined || key !== PROMPT_TAG) return said;
  return model.tags.get(key) ?? 'false';
}
