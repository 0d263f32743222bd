import type { ModelPageJson, RegisteredModelJson, Target } from '../../api/registry.ts';

// Who holds a name, and who held it before: what dialogs say and what a roll back leads to.

type Named = Pick<RegisteredModelJson, 'aliases' | 'stages' | 'gates'>;

/** The version that an alias points to, or the newest in a stage; undefined when none. */
export function holderOf(model: Named, { kind, name }: Target): number | undefined {
  return kind === 'alias'
    ? model.aliases.find(({ alias }) => alias === name)?.version
    : model.stages.find(({ stage }) => stage === name)?.version;
}

export function isGated({ gates }: Pick<Named, 'gates'>, { kind, name }: Target): boolean {
  return gates.some(({ target }) => target.kind === kind && target.name === name);
}

const DEFAULT_STAGES = ['staging', 'production', 'archived'];

/** Everywhere a version can be promoted to by a name that is known: gated ones first, then aliases, then stages. */
export function knownTargets(model: Named): Target[] {
  const aliases = new Set(model.aliases.map(({ alias }) => alias));
  const stages = new Set([...DEFAULT_STAGES, ...model.stages.map(({ stage }) => stage)]);
  for (const { target } of model.gates) (target.kind === 'alias' ? aliases : stages).add(target.name);
  stages.delete('none');
  const targets: Target[] = [
    ...[...aliases].map((name): Target => ({ kind: 'alias', name })),
    ...[...stages].map((name): Target => ({ kind: 'stage', name })),
  ];
  return targets.toSorted((a, b) => Number(isGated(model, b)) - Number(isGated(model, a)));
}

/** Where it most likely goes next: the first name that it does not hold yet. */
export function nextTarget(model: Named, version: number): Target | undefined {
  const targets = knownTargets(model);
  return targets.find((target) => holderOf(model, target) !== version) ?? targets[0];
}

/** A roll-back that the server offers. */
export type WayBack = ModelPageJson['waysBack'][number];

/** The roll-backs of a version, production first. */
export function waysBackFrom(ways: readonly WayBack[], version: number): WayBack[] {
  return ways.filter(({ from }) => from === version).toSorted((a, b) => rank(a.target) - rank(b.target));
}

function rank({ kind, name }: Target): number {
  if (!/^(prod(uction)?|champion)$/i.test(name)) return 2;
  return kind === 'alias' ? 0 : 1;
}
