import { gateOf } from '#core/domain/gate.ts';
import type { ModelVersion, PromotionTarget, RegisteredModel } from '#core/domain/registry.ts';

/** The aliases and the stage of a version that a gate stands before. */
export function guardedTargets(
  { aliases, gates }: Pick<RegisteredModel, 'aliases' | 'gates'>,
  { number, stage }: Pick<ModelVersion, 'number' | 'stage'>,
): readonly PromotionTarget[] {
  const held = [...aliases].filter(([, version]) => version === number);
  const targets: PromotionTarget[] = [
    ...held.map(([name]) => ({ kind: 'alias', name }) as const),
    { kind: 'stage', name: stage },
  ];
  return targets.filter((target) => gateOf(gates, target) !== undefined);
}
