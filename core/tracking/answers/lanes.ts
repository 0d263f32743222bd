import type { Actor } from '#core/domain/actor.ts';
import type { Deployment } from '#core/domain/evaluation.ts';
import type { RegistryEntry } from '#core/domain/registry-log.ts';
import { STAGES_NOT_OFFERED, type PromotionTarget } from '#core/domain/registry.ts';
import { movedTarget } from '../promotions/moved-target.ts';

/** That a version had a place, from when to when (ms UTC; without `to` it has it still). */
export interface Holding {
  readonly version: number;
  readonly from: number;
  readonly to?: number;
  readonly by: Actor;
  readonly reason: string;
  readonly isRollback: boolean;
}

export interface Lane {
  readonly kind: PromotionTarget['kind'] | 'environment';
  readonly name: string;
  /** First to last by their beginning. */
  readonly holdings: readonly Holding[];
}

/** Who held which alias, which stage and which environment, when: aliases, then stages, then environments, each by name. */
export function lanesOf(
  history: readonly RegistryEntry[],
  deployments: readonly Deployment[],
): readonly Lane[] {
  const lanes = new Lanes();
  for (const entry of history) follow(lanes, entry);
  for (const { by, endedAt, environment, startedAt, version } of deployments) {
    lanes.add('environment', environment, {
      version: version.number,
      from: startedAt,
      ...(endedAt !== undefined && { to: endedAt }),
      by,
      reason: '',
      isRollback: false,
    });
  }
  return lanes.sorted();
}

/** The holding of a version that is not over; of several the latest. */
export function currentHolding(
  lanes: readonly Lane[],
  { kind, name }: Pick<Lane, 'kind' | 'name'>,
  version: number,
): Holding | undefined {
  const lane = lanes.find((one) => one.kind === kind && one.name === name);
  return lane?.holdings.findLast((holding) => holding.version === version && holding.to === undefined);
}

function follow(lanes: Lanes, entry: RegistryEntry): void {
  const { action, actor, at, details, reason, version } = entry;
  const { alias } = details;
  if (action === 'version.deleted') lanes.end(at, (_lane, holding) => holding.version === version);
  if (action === 'alias.removed') lanes.end(at, (lane) => lane.kind === 'alias' && lane.name === alias);
  // A version is in one stage at a time, an alias with one version.
  if (action === 'stage.changed') {
    const left = new Set([version, ...(details['archived'] ?? '').split(', ').map(Number)]);
    lanes.end(at, (lane, holding) => lane.kind === 'stage' && left.has(holding.version));
  }
  const moved = movedTarget(entry);
  if (!moved || version === undefined) return;
  const { kind, name } = moved.target;
  if (kind === 'alias') lanes.end(at, (lane) => lane.kind === 'alias' && lane.name === name);
  if (kind === 'stage' && STAGES_NOT_OFFERED.has(name)) return;
  lanes.add(kind, name, { version, from: at, by: actor, reason, isRollback: moved.isRollback });
}

interface OpenLane {
  readonly kind: Lane['kind'];
  readonly name: string;
  readonly holdings: Holding[];
  /** Places in `holdings` of those that are not over: a history of many moves is walked once. */
  readonly open: Set<number>;
}

const ORDER: readonly Lane['kind'][] = ['alias', 'stage', 'environment'];

class Lanes {
  readonly #lanes = new Map<string, OpenLane>();

  add(kind: Lane['kind'], name: string, holding: Holding): void {
    const key = `${kind} ${name}`;
    const lane = this.#lanes.get(key) ?? { kind, name, holdings: [], open: new Set() };
    if (holding.to === undefined) lane.open.add(lane.holdings.length);
    lane.holdings.push(holding);
    this.#lanes.set(key, lane);
  }

  end(at: number, isOver: (lane: OpenLane, holding: Holding) => boolean): void {
    for (const lane of this.#lanes.values()) {
      for (const index of lane.open) {
        const holding = lane.holdings[index] as Holding;
        if (!isOver(lane, holding)) continue;
        lane.holdings[index] = { ...holding, to: at };
        lane.open.delete(index);
      }
    }
  }

  sorted(): readonly Lane[] {
    return [...this.#lanes.values()]
      .map(({ kind, name, holdings }) => ({
        kind,
        name,
        holdings: holdings.toSorted((a, b) => a.from - b.from),
      }))
      .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
  }
}
