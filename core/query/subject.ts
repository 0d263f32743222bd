import { Fault } from '#core/domain/fault.ts';
import type { Entity, Field } from './syntax.ts';

/** What a field of one subject says: nothing, one value, or several (a run has many datasets). */
export type Reading = string | number | undefined | readonly (string | number)[];

/** `scalar`: kept as text, but a number when it spells one and is asked as one: params. */
export type ValueType = 'text' | 'number' | 'scalar';

/** A key that one kind of search knows by name. */
export interface Key<Subject> {
  readonly type: ValueType;
  /** Other spellings that clients use. */
  readonly aliases?: readonly string[];
  /** The one spelling of a value that `read` gives, for keys whose values have several (`FINISHED`, `finished`). */
  readonly spelling?: (text: string) => string;
  /** All values there are, for keys with few; the page offers them. */
  readonly values?: readonly string[];
  readonly read: (subject: Subject) => Reading;
}

/** A group of fields: of a closed set of keys, or of any key. */
export type EntityRule<Subject> =
  | { readonly keys: Readonly<Record<string, Key<Subject>>> }
  | { readonly type: ValueType; readonly read: (subject: Subject, key: string) => Reading };

/** What one kind of search may ask: its entities. A bare key is an attribute. */
export interface Vocabulary<Subject> {
  readonly entities: Readonly<Partial<Record<Entity, EntityRule<Subject>>>>;
}

/** A field with what the parser must know of it. */
export interface ResolvedField {
  readonly field: Field;
  readonly type: ValueType;
  readonly spelling?: (text: string) => string;
  readonly values?: readonly string[];
}

/** Every word that may stand before the dot; in each list the printer's word comes first. */
export const ENTITY_WORDS: Readonly<Record<Entity, readonly string[]>> = {
  attribute: ['attributes', 'attribute', 'attr', 'run'],
  metric: ['metrics', 'metric'],
  param: ['params', 'param', 'parameters', 'parameter'],
  tag: ['tags', 'tag'],
  dataset: ['datasets', 'dataset'],
};

/** @throws Fault `invalid` at the word when this search has no such entity. */
export function resolveEntity(vocabulary: Vocabulary<never>, word: string, position: number): Entity {
  const known = Object.keys(vocabulary.entities) as Entity[];
  const entity = known.find((name) => ENTITY_WORDS[name].includes(word.toLowerCase()));
  if (entity) return entity;
  throw new Fault(
    'invalid',
    `Invalid entity type '${word}'. Valid values are ${listed(known)} (position ${position}).`,
    { position },
  );
}

/** @throws Fault `invalid` at the key when this search has no such key. */
export function resolveKey(
  vocabulary: Vocabulary<never>,
  { entity, key }: Field,
  position: number,
): ResolvedField {
  const rule = vocabulary.entities[entity];
  if (rule && 'type' in rule) return { field: { entity, key }, type: rule.type };
  const keys: Readonly<Record<string, Key<never>>> = rule?.keys ?? {};
  const entry = Object.entries(keys).find(([name, { aliases }]) => name === key || aliases?.includes(key));
  if (!entry) {
    throw new Fault(
      'invalid',
      `Invalid ${entity} key '${key}' specified. Valid keys are ${listed(Object.keys(keys))} (position ${position}).`,
      { position },
    );
  }
  const [name, { type, spelling, values }] = entry;
  return { field: { entity, key: name }, type, ...(spelling && { spelling }), ...(values && { values }) };
}

/** What the subject says for a field that `resolveKey` returned. */
export function readField<Subject>(
  vocabulary: Vocabulary<Subject>,
  subject: Subject,
  { entity, key }: Field,
): Reading {
  const rule = vocabulary.entities[entity];
  if (!rule) return undefined;
  return 'type' in rule ? rule.read(subject, key) : rule.keys[key]?.read(subject);
}

/** Undefined when this search has no such field. */
export function typeOf(vocabulary: Vocabulary<never>, { entity, key }: Field): ValueType | undefined {
  const rule = vocabulary.entities[entity];
  return rule && ('type' in rule ? rule.type : rule.keys[key]?.type);
}

function listed(words: readonly string[]): string {
  return `[${words.map((word) => `'${word}'`).join(', ')}]`;
}
