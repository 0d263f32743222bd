/** The whole of a filter, as data: it can be cloned, kept and sent to a thread. */
export type Filter = { readonly kind: 'all' } | Condition;

export type Condition = Junction<'and'> | Junction<'or'> | Negation | Clause;

/** Two or more terms, none of them a junction of the same kind: `a AND (b AND c)` is one junction of three. */
export interface Junction<Kind extends 'and' | 'or'> {
  readonly kind: Kind;
  readonly terms: readonly Condition[];
}

export interface Negation {
  readonly kind: 'not';
  readonly term: Condition;
}

/** One question about one field. */
export type Clause = Comparison | Match | Membership | Presence;

export interface Comparison {
  readonly kind: 'compare';
  readonly field: Field;
  readonly comparator: Comparator;
  readonly value: Literal;
}

export interface Match {
  readonly kind: 'match';
  readonly field: Field;
  readonly negated: boolean;
  readonly operator: PatternOperator;
  readonly pattern: string;
}

export interface Membership {
  readonly kind: 'in';
  readonly field: Field;
  readonly negated: boolean;
  /** At least one. */
  readonly values: readonly Literal[];
}

/** `IS NULL`; negated, `IS NOT NULL`. */
export interface Presence {
  readonly kind: 'null';
  readonly field: Field;
  readonly negated: boolean;
}

export type Entity = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/** What is asked about. Aliases are resolved: `attr.Created` and `start_time` are both the attribute `started`. */
export interface Field {
  readonly entity: Entity;
  readonly key: string;
}

/** A quoted string, or a finite number. */
export type Literal = string | number;

export const COMPARATORS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof COMPARATORS)[number];

export const PATTERN_OPERATORS = ['LIKE', 'ILIKE', 'RLIKE'] as const;
export type PatternOperator = (typeof PATTERN_OPERATORS)[number];

/** One term of an order. */
export interface OrderTerm {
  readonly field: Field;
  readonly direction: 'ascending' | 'descending';
}
