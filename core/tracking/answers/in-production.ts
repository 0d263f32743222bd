import type { Actor } from '#core/domain/actor.ts';
import { isProductionEnvironment, type Deployment } from '#core/domain/evaluation.ts';
import { productionName, type RegisteredModel } from '#core/domain/registry.ts';
import { holdersAfter } from '../promotions/moved-target.ts';
import { currentHolding, type Lane } from './lanes.ts';

/** Which version of a model is in production, and what says so. */
export interface ProductionPlace extends Pick<Lane, 'kind' | 'name'> {
  readonly version: number;
}

/**
 * By the model's names, else by what runs: the version that was deployed last to an environment that says production. Undefined when
 * nothing says that one is.
 * @param running Of this model, those that have not ended.
 */
export function productionPlace(
  model: RegisteredModel,
  running: readonly Deployment[],
): ProductionPlace | undefined {
  const named = productionName(model);
  if (named) return { ...named.target, version: named.version };
  const deployed = running
    .filter(({ environment }) => isProductionEnvironment(environment))
    .toSorted((a, b) => b.startedAt - a.startedAt)[0];
  if (!deployed) return undefined;
  return { kind: 'environment', name: deployed.environment, version: deployed.version.number };
}

/** Since when it has that place, and by whom; of a place that the log does not know, since the version is there. */
export function placeSince(
  place: ProductionPlace,
  of: { readonly lanes: readonly Lane[]; readonly createdAt: number },
): { readonly because: string; readonly since: number; readonly by?: Actor } {
  const because = `${place.kind === 'environment' ? 'deployment' : place.kind} ${place.name}`;
  const holding = currentHolding(of.lanes, place, place.version);
  return holding ? { because, since: holding.from, by: holding.by } : { because, since: of.createdAt };
}

/**
 * The version that was in that place before `version` was there last; undefined for the first. What was rolled back is as if it had
 * not been there.
 */
export function heldBefore(
  lanes: readonly Lane[],
  { kind, name }: Pick<Lane, 'kind' | 'name'>,
  version: number,
): number | undefined {
  const holdings = lanes.find((lane) => lane.kind === kind && lane.name === name)?.holdings ?? [];
  const last = holdings.findLastIndex((holding) => holding.version === version);
  return holdersAfter(holdings.slice(0, last + 1)).findLast((held) => held !== version);
}
