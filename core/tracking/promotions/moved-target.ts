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
