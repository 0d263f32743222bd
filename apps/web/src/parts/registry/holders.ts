import type { LaneJson, RegisteredModelJson, Target } from '../../api/registry.ts';

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

/** What a version can be rolled back from: each name that it holds and another version held before. */
export interface WayBack {
  readonly target: Target;
  readonly from: number;
  readonly to: number;
}

/** The names that a version holds, production first, each with the version that held it before. */
export function waysBack(lanes: readonly LaneJson[], version: number): WayBack[] {
  const ways = lanes.flatMap(({ kind, name, holdings }): WayBack[] => {
    if (kind === 'environment') return [];
    const inOrder = holdings.toSorted((a, b) => a.from - b.from);
    const now = inOrder.findLast(({ to }) => to === undefined);
    if (now?.version !== version) return [];
    const before = inOrder.slice(0, inOrder.indexOf(now)).findLast((held) => held.version !== version);
    return before ? [{ target: { kind, name }, from: version, to: before.version }] : [];
  });
  return ways.toSorted((a, b) => rank(a.target) - rank(b.target));
}

function rank({ kind, name }: Target): number {
  if (!/^(prod(uction)?|champion)$/i.test(name)) return 2;
  return kind === 'alias' ? 0 : 1;
}
