import { createHash } from 'node:crypto';
import type { Actor } from '#core/domain/actor.ts';
import { canonicalAudit, FIRST_PREVIOUS, type AuditEntry, type AuditNote } from '#core/domain/audit.ts';

/** The row that follows `last`. Rows are made where commits are applied one after the other, so no two follow the same one. */
export function chained(
  last: Pick<AuditEntry, 'number' | 'hash'> | undefined,
  note: AuditNote,
  by: { readonly actor: Actor; readonly at: number },
): AuditEntry {
  const { actor, at } = by;
  const previous = last?.hash ?? FIRST_PREVIOUS;
  const entry = { ...note, number: (last?.number ?? 0) + 1, actor, at, previous };
  return { ...entry, hash: createHash('sha256').update(canonicalAudit(entry)).digest('hex') };
}
