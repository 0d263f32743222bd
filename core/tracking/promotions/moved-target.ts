import type { RegistryEntry } from '#core/domain/registry-log.ts';
import type { PromotionTarget } from '#core/domain/registry.ts';

/** What an entry of the log gave to its version; undefined when it gave nothing. */
export function movedTarget({
  action,
  details,
}: Pick<RegistryEntry, 'action' | 'details'>):
  | { readonly target: PromotionTarget; readonly isRollback: boolean }
  | undefined {
  const isRollback = details['rollback'] === 'true';
  const { alias, to } = details;
  if (action === 'alias.moved' && alias !== undefined)
    return { target: { kind: 'alias', name: alias }, isRollback };
  if (action === 'stage.changed' && to !== undefined)
    return { target: { kind: 'stage', name: to }, isRollback };
  return undefined;
}

/** Who had a target, first to last, after all moves: a roll-back takes away what came after the version that it went back to. */
export function holdersAfter(
  moves: readonly { readonly version: number; readonly isRollback: boolean }[],
): readonly number[] {
  const stack: number[] = [];
  for (const { isRollback, version } of moves) {
    const at = isRollback ? stack.lastIndexOf(version) : -1;
    if (at === -1) stack.push(version);
    else stack.length = at + 1;
  }
  return stack;
}
