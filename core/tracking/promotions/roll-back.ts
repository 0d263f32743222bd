import { Fault } from '#core/domain/fault.ts';
import { assertText } from '#core/domain/names.ts';
import type { RegistryEntry } from '#core/domain/registry-log.ts';
import { isSameTarget } from '#core/domain/gate.ts';
import {
  STAGES_NOT_OFFERED,
  type ModelVersion,
  type PromotionTarget,
  type RegisteredModel,
} from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import type { RegistryChange } from '../ports/registry-change.ts';
import { commitOnRevision } from './commit-on-revision.ts';
import { findRegisteredModel, type RegisteredModelRef } from '../registry/find-registered-model.ts';
import { holderOf } from './gate-context.ts';
import { assertTarget } from './promote-version.ts';
import { holdersAfter, movedTarget } from './moved-target.ts';

export interface RolledBack {
  readonly from: number;
  readonly to: number;
}

/**
 * Gives an alias or a stage back to the version that held it before and is still offered. Gates are not asked again: that version passed
 * them, and whoever rolls back is in a hurry. Rolling back twice goes back two versions.
 * @throws Fault `not_found`, `forbidden`, `invalid` (wrong-state) when there is nothing to go back to, `conflict` when the holder is
 * another than the expected one.
 */
export async function rollBack(
  ports: Pick<Ports, 'registry' | 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & {
    readonly target: PromotionTarget;
    readonly reason?: string;
    readonly expectedHolder?: number | null;
  },
): Promise<RolledBack> {
  const { reason = '', expectedHolder } = ask;
  const target = assertTarget(ask.target);
  assertText('reason', reason);
  const { from, to } = await commitOnRevision(ports, principal, async () => {
    const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
    const holder = holderOf(model, target);
    if (expectedHolder !== undefined && expectedHolder !== (holder ?? null)) {
      throw new Fault('conflict', `The ${target.kind} '${target.name}' moved meanwhile: look again.`);
    }
    if (holder === undefined) throw nothingBefore(model, target);
    const history = await ports.registry.holderHistory(model.id);
    const previous = await holderBefore(ports, { model, history, target, holder });
    if (!previous) throw nothingBefore(model, target);
    const { id, revision } = model;
    const change: RegistryChange = {
      kind: 'promote',
      version: { model: id, number: previous.number },
      target,
      reason,
      revision,
      checks: [],
      isRollback: true,
      ...(target.kind === 'stage' && { archiveOthers: true }),
    };
    return { changes: [change], from: holder, to: previous.number };
  });
  return { from, to };
}

/** A roll-back that would succeed now. */
export interface WayBack extends RolledBack {
  readonly target: PromotionTarget;
}

/** Of each name that a version has, aliases first, the roll-back that there is. @param history of the model, first to last. */
export async function waysBack(
  ports: Pick<Ports, 'registry'>,
  model: RegisteredModel,
  history: readonly RegistryEntry[],
): Promise<readonly WayBack[]> {
  const held = [
    ...[...model.aliases].map(([name, holder]) => ({ target: { kind: 'alias', name } as const, holder })),
    ...[...model.stages].map(([name, holder]) => ({ target: { kind: 'stage', name } as const, holder })),
  ].filter(({ target }) => target.kind === 'alias' || !STAGES_NOT_OFFERED.has(target.name));
  const ways = held.map(async ({ holder, target }): Promise<WayBack[]> => {
    const before = await holderBefore(ports, { model, history, target, holder });
    return before ? [{ target, from: holder, to: before.number }] : [];
  });
  return (await Promise.all(ways)).flat();
}

/** The version that a roll-back leads to; undefined when there is none. */
async function holderBefore(
  ports: Pick<Ports, 'registry'>,
  ask: {
    readonly model: RegisteredModel;
    readonly history: readonly RegistryEntry[];
    readonly target: PromotionTarget;
    readonly holder: number;
  },
): Promise<ModelVersion | undefined> {
  const { history, holder, model, target } = ask;
  for (const number of holdersOf(history, target).toReversed()) {
    if (number === holder) continue;
    const version = await ports.registry.modelVersion({ model: model.id, number });
    if (version && !version.deprecated) return version;
  }
  return undefined;
}

function holdersOf(history: readonly RegistryEntry[], target: PromotionTarget): readonly number[] {
  return holdersAfter(
    history.flatMap((entry) => {
      const moved = movedTarget(entry);
      if (!moved || entry.version === undefined || !isSameTarget(moved.target, target)) return [];
      return [{ version: entry.version, isRollback: moved.isRollback }];
    }),
  );
}

function nothingBefore({ name }: RegisteredModel, target: PromotionTarget): Fault {
  return new Fault('invalid', `No earlier version of ${name} held the ${target.kind} '${target.name}'.`, {
    reason: 'wrong-state',
  });
}
