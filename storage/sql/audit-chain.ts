import { createHash } from 'node:crypto';
import type { Actor } from '#core/domain/actor.ts';
import { canonicalAudit, type AuditEntry, type AuditNote } from '#core/domain/audit.ts';
import { FIRST_PREVIOUS, type ChainEntry } from '#core/domain/chain.ts';
import type { RegisteredModelId } from '#core/domain/ids.ts';
import { canonicalRegistryEntry, type RegistryEntry, type RegistryNote } from '#core/domain/registry-log.ts';

type Last = Pick<ChainEntry, 'number' | 'hash'>;

interface By {
  readonly actor: Actor;
  readonly at: number;
}

/** The row that follows `last`. Rows are made where commits are applied one after the other, so no two follow the same one. */
export function chained(last: Last | undefined, note: AuditNote, by: By): AuditEntry {
  const entry = { ...note, ...after(last), actor: by.actor, at: by.at };
  return { ...entry, hash: sha256(canonicalAudit(entry)) };
}

/** The row that follows `last` in the log of a registered model, each of which is a chain of its own. */
export function chainedEntry(
  last: Last | undefined,
  note: RegistryNote,
  { model, actor, at }: By & { readonly model: RegisteredModelId },
): RegistryEntry {
  const entry = { ...note, ...after(last), model, actor, at };
  return { ...entry, hash: sha256(canonicalRegistryEntry(entry)) };
}

function after(last: Last | undefined): Omit<ChainEntry, 'hash'> {
  return { number: (last?.number ?? 0) + 1, previous: last?.hash ?? FIRST_PREVIOUS };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
