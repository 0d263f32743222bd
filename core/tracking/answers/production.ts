import type { Actor } from '#core/domain/actor.ts';
import type { Deployment } from '#core/domain/evaluation.ts';
import type { RegisteredModelId, WorkspaceId } from '#core/domain/ids.ts';
import { isPrompt, type RegisteredModel } from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { healthOf, type HealthVerdict } from './health.ts';
import { placeSince, productionPlace, type ProductionPlace } from './in-production.ts';
import { lanesOf, type Lane } from './lanes.ts';
import { sightOf, type Sight } from './sight.ts';
import { productionTrend, type Trend } from './trend.ts';
import { versionRows, type VersionRow } from './version-rows.ts';

/** The version of a model that is in production, with all that home says about it. Times are milliseconds UTC. */
export interface InProduction extends HealthVerdict {
  readonly model: RegisteredModel;
  readonly row: VersionRow;
  readonly place: ProductionPlace;
  readonly because: string;
  readonly since: number;
  /** Absent when the log does not say. */
  readonly by?: Actor;
  /** Where it runs. */
  readonly deployments: readonly Deployment[];
  readonly trend: Trend;
}

type Needs = Pick<Ports, 'registry' | 'catalog' | 'clock'>;

export interface ProductionList {
  /** By name of the model. */
  readonly production: readonly InProduction[];
  /** Models that have a version in production, those beyond the limit included. */
  readonly total: number;
}

/** Which version of each model is in production; beyond `limit` those of the models that changed last. */
export async function listProduction(
  ports: Needs,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly limit: number },
): Promise<ProductionList> {
  const sight = await sightOf(ports, principal, ask.workspace);
  const models = await readableModels(ports, sight);
  const running = await runningByModel(ports, ask.workspace);
  const placed = models.filter((model) => productionPlace(model, running.get(model.id) ?? []));
  const chosen = placed.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, ask.limit);
  const byName = chosen.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const production = await productionOf(ports, sight, { models: byName, running, hasTrend: true });
  return { production: [...production.values()], total: placed.length };
}

/** Of each of the models that has one its version in production, in their order. */
export async function productionOf(
  ports: Needs,
  sight: Sight,
  ask: {
    readonly models: readonly RegisteredModel[];
    readonly running: ReadonlyMap<RegisteredModelId, readonly Deployment[]>;
    readonly hasTrend: boolean;
    /** Of models whose history was read already. */
    readonly lanes?: ReadonlyMap<RegisteredModelId, readonly Lane[]>;
  },
): Promise<ReadonlyMap<RegisteredModelId, InProduction>> {
  const places = new Map<RegisteredModelId, ProductionPlace>();
  for (const model of ask.models) {
    const place = productionPlace(model, ask.running.get(model.id) ?? []);
    if (place) places.set(model.id, place);
  }
  const refs = [...places].map(([model, { version }]) => ({ model, number: version }));
  const versions = new Map((await ports.registry.modelVersions(refs)).map((one) => [one.model, one]));
  const asked = ask.models.flatMap((model) => {
    const version = versions.get(model.id);
    return version ? [{ model, version }] : [];
  });
  const rows = await versionRows(ports, sight, asked);
  const trends = ask.hasTrend ? await productionTrend(ports, sight, rows) : undefined;
  const found = await Promise.all(
    rows.map(async (row, at): Promise<InProduction> => {
      const { id } = row.model;
      const running = ask.running.get(id) ?? [];
      const lanes = ask.lanes?.get(id) ?? lanesOf(await ports.registry.holderHistory(id), running);
      return inProduction(row, {
        place: places.get(id) as ProductionPlace,
        lanes,
        running,
        trend: trends?.[at] ?? [],
      });
    }),
  );
  return new Map(found.map((one) => [one.model.id, one]));
}

/** Models that may be read, by name; prompts, which other clients keep in the same place, are none. */
export async function readableModels(
  ports: Pick<Ports, 'registry'>,
  { reaches, workspace }: Sight,
): Promise<readonly RegisteredModel[]> {
  const all = await ports.registry.registeredModels(workspace);
  return all.filter((model) => !isPrompt(model) && reaches('registry:read', model));
}

export async function runningByModel(
  ports: Pick<Ports, 'registry'>,
  workspace: WorkspaceId,
): Promise<ReadonlyMap<RegisteredModelId, readonly Deployment[]>> {
  return Map.groupBy(await ports.registry.runningDeployments(workspace), ({ version }) => version.model);
}

function inProduction(
  row: VersionRow,
  of: {
    readonly place: ProductionPlace;
    readonly lanes: readonly Lane[];
    readonly running: readonly Deployment[];
    readonly trend: Trend;
  },
): InProduction {
  const { model, version } = row;
  return {
    model,
    row,
    place: of.place,
    ...placeSince(of.place, { lanes: of.lanes, createdAt: version.createdAt }),
    deployments: of.running.filter((one) => one.version.number === version.number),
    trend: of.trend,
    ...healthOf({ direction: row.objective?.direction, dev: row.dev?.value, prod: row.prod?.value }),
  };
}
