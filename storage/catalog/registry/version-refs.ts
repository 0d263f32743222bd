import { sql, type RawBuilder } from 'kysely';
import type { VersionRef } from '#core/domain/registry.ts';

/** Two parameters each; few lengths make few statement texts. */
const REFS_AT_ONCE = 250;

/** Each of the refs once, some at a time. */
export function* refsInBatches(refs: readonly VersionRef[]): Generator<readonly VersionRef[]> {
  const once = [...new Map(refs.map((ref) => [keyOf(ref), ref])).values()];
  for (let at = 0; at < once.length; at += REFS_AT_ONCE) yield once.slice(at, at + REFS_AT_ONCE);
}

/** Whether (`model`, `number`) of a table is one of the refs, by its index in both databases. */
export function inVersions(table: string, number: string, refs: readonly VersionRef[]): RawBuilder<boolean> {
  // PostgreSQL takes what is only a parameter for a text.
  const pairs = refs.map((ref) => sql`(${ref.model}, CAST(${ref.number} AS BIGINT))`);
  return sql<boolean>`(${sql.ref(`${table}.model`)}, ${sql.ref(`${table}.${number}`)}) IN (VALUES ${sql.join(pairs)})`;
}

/** A version as a key of a map. */
export function keyOf({ model, number }: { readonly model: string; readonly number: number }): string {
  return `${model}/${number}`;
}
