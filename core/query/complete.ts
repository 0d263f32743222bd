import { Fault } from '#core/domain/fault.ts';
import { tokenise } from './lex.ts';
import { readFilter } from './parse.ts';
import { printField, printLiteral } from './print.ts';
import type { Vocabulary } from './subject.ts';
import { COMPARATORS, PATTERN_OPERATORS } from './syntax.ts';
import type { Entity } from './syntax.ts';
import { TokenReader } from './token-reader.ts';
import type { Wanted } from './token-reader.ts';

/** What may stand at the cursor: each option replaces the text from `from` to `to`. */
export interface Completion {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly part: Wanted['part'];
  readonly options: readonly string[];
}

/** Names that subjects in view have, for the entities that take any. */
export type KnownNames = Readonly<Partial<Record<Entity, readonly string[]>>>;

const OPTION_LIMIT = 50;
const BARE = /[\p{L}\p{N}\p{M}\p{Pc}\-./:$@]*/u;
const BARE_BEFORE = new RegExp(`${BARE.source}$`, 'u');
const BARE_AFTER = new RegExp(`^${BARE.source}`, 'u');

/** Never throws: where the text before the cursor is already wrong there are no options. */
export function complete(
  text: string,
  cursor: number,
  vocabulary: Vocabulary<never>,
  names: KnownNames = {},
): Completion {
  const before = text.slice(0, cursor);
  const from = startOfPartial(before);
  const to = cursor + (BARE_AFTER.exec(text.slice(cursor))?.[0].length ?? 0);
  const wanted = wantedAfter(text.slice(0, from), vocabulary);
  const typed = before.slice(from).toLowerCase();
  const fitting = optionsFor(wanted, vocabulary, names).filter((option) =>
    option.toLowerCase().includes(typed),
  );
  const options = fitting.toSorted((a, b) => distance(a, typed) - distance(b, typed));
  return { from, to, part: wanted.part, options: options.slice(0, OPTION_LIMIT) };
}

/** Where the word or quoted text begins that ends at the end of `text`; its length when none does. */
function startOfPartial(text: string): number {
  try {
    const last = tokenise(text).at(-2);
    return last && last.end === text.length && last.kind !== 'symbol' ? last.start : text.length;
  } catch (error) {
    // An open quote, or a dot without a key yet: both belong to what is being typed.
    if (!(error instanceof Fault)) throw error;
    const head = text.slice(0, error.details.position);
    return head.length - (BARE_BEFORE.exec(head)?.[0].length ?? 0);
  }
}

function wantedAfter(text: string, vocabulary: Vocabulary<never>): Wanted {
  let reader: TokenReader | undefined;
  try {
    reader = new TokenReader(text);
    readFilter(reader, vocabulary);
    return reader.wanted;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return reader?.next.kind === 'end' ? reader.wanted : { part: 'nothing' };
  }
}

function optionsFor({ part, of }: Wanted, vocabulary: Vocabulary<never>, names: KnownNames): string[] {
  if (part === 'field') return [...fieldsOf(vocabulary, names), 'NOT'];
  if (part === 'operator') return operatorsFor(of?.type === 'number');
  if (part === 'value') return (of?.values ?? []).map(printLiteral);
  return part === 'junction' ? ['AND', 'OR'] : [];
}

function fieldsOf(vocabulary: Vocabulary<never>, names: KnownNames): string[] {
  return (Object.keys(vocabulary.entities) as Entity[]).flatMap((entity) => {
    const rule = vocabulary.entities[entity];
    const keys = rule && 'keys' in rule ? Object.keys(rule.keys) : (names[entity] ?? []);
    return keys.map((key) => printField({ entity, key }));
  });
}

function operatorsFor(isNumber: boolean): string[] {
  const patterns = isNumber ? [] : [...PATTERN_OPERATORS, 'NOT LIKE', 'NOT ILIKE', 'NOT RLIKE'];
  return [...COMPARATORS, ...patterns, 'IN', 'NOT IN', 'IS NULL', 'IS NOT NULL'];
}

/** 0 when the option begins with what was typed, 1 when its key does, 2 when it is somewhere inside. */
function distance(option: string, typed: string): number {
  const lower = option.toLowerCase();
  if (lower.startsWith(typed)) return 0;
  return lower.slice(lower.indexOf('.') + 1).startsWith(typed) ? 1 : 2;
}
