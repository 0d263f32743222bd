import type { Actor } from '#core/domain/actor.ts';
import type { Deployment } from '#core/domain/evaluation.ts';
import { gateOf } from '#core/domain/gate.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import { latestVersion, type RegisteredModel } from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRegisteredModel } from '../registry/find-registered-model.ts';
import type { GateNeeds } from '../promotions/gate-context.ts';
import { waysBack, type WayBack } from '../promotions/roll-back.ts';
import { openPromotion, type OpenPromotion } from '../promotions/list-promotions.ts';
import { currentHolding, lanesOf, type Lane } from './lanes.ts';
import { mayDo, type ModelRow } from './model-list.ts';
import { productionOf } from './production.ts';
import { sightOf, type Sight } from './sight.ts';
import { versionRows, type VersionRow } from './version-rows.ts';

type Needs = GateNeeds & Pick<Ports, 'clock'>;

/** A registered model with its versions, and who held what when. Times are milliseconds UTC. */
export interface ModelPage extends ModelRow {
  /** Newest first. */
  readonly versions: readonly VersionRow[];
  /** The number to ask for older versions with; absent when there are none. */
  readonly next?: number;
  readonly aliases: readonly {
    readonly alias: string;
    readonly version: number;
    readonly since: number;
    /** Absent when the log does not say. */
    readonly by?: Actor;
    readonly isGated: boolean;
  }[];
  readonly lanes: readonly Lane[];
  readonly waysBack: readonly WayBack[];
  /** Those that ended included. */
  readonly deployments: readonly Deployment[];
  readonly promotions: readonly OpenPromotion[];
}

/** A registered model and who held what when. @throws Fault `not_found`, `forbidden`. */
export async function modelPage(
  ports: Needs,
  principal: Principal,
  ask: {
    readonly workspace: WorkspaceId;
    readonly model: string;
    /** Only versions with a smaller number. */
    readonly before?: number;
    readonly limit: number;
  },
): Promise<ModelPage> {
  const model = await findRegisteredModel(ports, principal, ask);
  const { id } = model;
  const [sight, history, deployments, open] = await Promise.all([
    sightOf(ports, principal, ask.workspace),
    ports.registry.holderHistory(id),
    ports.registry.deployments(id),
    ports.registry.promotions({ model: id }),
  ]);
  const lanes = lanesOf(history, deployments);
  const running = deployments.filter(({ endedAt }) => endedAt === undefined);
  const [production, { rows, next }, promotions, ways] = await Promise.all([
    productionOf(ports, sight, {
      models: [model],
      running: new Map([[id, running]]),
      lanes: new Map([[id, lanes]]),
      hasTrend: true,
    }),
    versionsOf(ports, sight, { ...ask, model }),
    Promise.all(
      open.map((promotion) => openPromotion(ports, principal, { promotion, model, reaches: sight.reaches })),
    ),
    waysBack(ports, model, history),
  ]);
  const inProduction = production.get(id);
  const latest = rows.find(({ version }) => version.number === latestVersion(model));
  return {
    model,
    may: mayDo(sight, model),
    ...(inProduction && { production: inProduction }),
    ...(latest && { latest }),
    openPromotions: open.length,
    versions: rows,
    ...(next !== undefined && { next }),
    aliases: aliasesOf(model, rows, lanes),
    lanes,
    waysBack: ways,
    deployments,
    promotions,
  };
}

/** Versions of a model that are not deleted, newest first. */
export async function versionsOf(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  sight: Sight,
  ask: { readonly model: RegisteredModel; readonly before?: number; readonly limit: number },
): Promise<{ readonly rows: readonly VersionRow[]; readonly next?: number }> {
  const { before = Number.POSITIVE_INFINITY, limit, model } = ask;
  const all = await ports.registry.findVersions({ workspace: model.workspace, models: [model.id] });
  const older = all.filter(({ number }) => number < before).toReversed();
  const chosen = older.slice(0, limit).map((version) => ({ model, version }));
  const last = chosen.at(-1)?.version.number;
  return {
    rows: await versionRows(ports, sight, chosen),
    ...(older.length > limit && last !== undefined && { next: last }),
  };
}

function aliasesOf(
  model: RegisteredModel,
  rows: readonly VersionRow[],
  lanes: readonly Lane[],
): ModelPage['aliases'] {
  return [...model.aliases]
    .map(([alias, version]) => {
      const target = { kind: 'alias', name: alias } as const;
      const holding = currentHolding(lanes, target, version);
      const made = rows.find((row) => row.version.number === version)?.version.createdAt;
      return {
        alias,
        version,
        since: holding?.from ?? made ?? model.createdAt,
        ...(holding && { by: holding.by }),
        isGated: gateOf(model.gates, target) !== undefined,
      };
    })
    .toSorted((a, b) => (a.alias < b.alias ? -1 : 1));
}
