import type { WorkspaceId } from '#core/domain/ids.ts';
import { latestVersion, type RegisteredModel } from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import { pageAfter } from '../page.ts';
import type { Ports } from '../ports/ports.ts';
import { findRegisteredModel } from '../registry/find-registered-model.ts';
import { productionOf, readableModels, runningByModel, type InProduction } from './production.ts';
import { sightOf, type Sight } from './sight.ts';
import { versionRows, type VersionRow } from './version-rows.ts';

/** What whoever asks may do with a registered model. */
export interface May {
  readonly write: boolean;
  readonly approve: boolean;
  readonly admin: boolean;
}

/** A registered model as a row of the list. */
export interface ModelRow {
  readonly model: RegisteredModel;
  readonly may: May;
  readonly production?: InProduction;
  readonly latest?: VersionRow;
  readonly openPromotions: number;
}

export interface ModelList {
  readonly models: readonly ModelRow[];
  readonly total: number;
  readonly cursor?: string;
}

type Needs = Pick<Ports, 'registry' | 'catalog' | 'clock'>;

/** Registered models that may be read, by name; only those of the page are looked at closer, and none has a trend. @throws Fault `invalid` (cursor). */
export async function listModels(
  ports: Needs,
  principal: Principal,
  ask: {
    readonly workspace: WorkspaceId;
    /** Part of a name, any case; empty for all. */
    readonly q: string;
    readonly limit: number;
    readonly cursor?: string;
  },
): Promise<ModelList> {
  const { cursor, limit, workspace } = ask;
  const sight = await sightOf(ports, principal, workspace);
  const part = ask.q.toLowerCase();
  const found = (await readableModels(ports, sight)).filter(({ name }) => name.toLowerCase().includes(part));
  const page = pageAfter(found, { limit, cursor, idOf: ({ id }) => id, query: part });
  return {
    models: await modelRows(ports, sight, page.items),
    total: page.total,
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  };
}

/** One model, and what whoever asks may do with it. @throws Fault `not_found`, `forbidden`. */
export async function modelOf(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly model: string },
): Promise<Pick<ModelRow, 'model' | 'may'>> {
  const model = await findRegisteredModel(ports, principal, ask);
  return { model, may: mayDo(await sightOf(ports, principal, ask.workspace), model) };
}

/** What one may do with a model that he may read. */
export function mayDo({ reaches }: Sight, model: RegisteredModel): May {
  return {
    write: reaches('registry:write', model),
    approve: reaches('registry:approve', model),
    admin: reaches('registry:admin', model),
  };
}

async function modelRows(
  ports: Needs,
  sight: Sight,
  models: readonly RegisteredModel[],
): Promise<readonly ModelRow[]> {
  const [running, open] = await Promise.all([
    runningByModel(ports, sight.workspace),
    ports.registry.openPromotions(sight.workspace),
  ]);
  const openOf = Map.groupBy(open, ({ version }) => version.model);
  const production = await productionOf(ports, sight, { models, running, hasTrend: false });
  const refs = models.flatMap((model) => {
    const number = latestVersion(model);
    const isRead = number === undefined || production.get(model.id)?.row.version.number === number;
    return isRead ? [] : [{ model: model.id, number }];
  });
  const versions = new Map((await ports.registry.modelVersions(refs)).map((one) => [one.model, one]));
  const latest = await versionRows(
    ports,
    sight,
    models.flatMap((model) => {
      const version = versions.get(model.id);
      return version ? [{ model, version }] : [];
    }),
  );
  const latestOf = new Map(latest.map((row) => [row.model.id, row]));
  return models.map((model): ModelRow => {
    const inProduction = production.get(model.id);
    // In production is mostly the latest one.
    const isLatest = inProduction?.row.version.number === latestVersion(model);
    const row = isLatest ? inProduction?.row : latestOf.get(model.id);
    return {
      model,
      may: mayDo(sight, model),
      ...(inProduction && { production: inProduction }),
      ...(row && { latest: row }),
      openPromotions: openOf.get(model.id)?.length ?? 0,
    };
  });
}
