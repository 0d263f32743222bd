import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Client } from '#core/contract/client.ts';
import { queryClient } from './queries.ts';
import { server } from './server.ts';

// Registered models and their versions, as the contract words them. Every key begins with `registry`, so that one
// change of a model refreshes all that is shown of it.

export type ModelRow = Awaited<ReturnType<Client['listRegisteredModels']>>['models'][number];
export type ModelPageJson = Awaited<ReturnType<Client['getRegisteredModel']>>;
export type RegisteredModelJson = Awaited<ReturnType<Client['updateRegisteredModel']>>;
export type VersionRow = ModelPageJson['versions'][number];
export type VersionDetail = Awaited<ReturnType<Client['getModelVersion']>>;
export type FigureJson = VersionDetail['evaluations'][number];
export type DataChipJson = VersionRow['data'][number];
export type GateJson = RegisteredModelJson['gates'][number];
export type CheckJson = GateJson['checks'][number];
export type CheckResultJson = Awaited<ReturnType<Client['checkGate']>>['checks'][number];
export type PromotionJson = ModelPageJson['promotions'][number];
export type Target = PromotionJson['target'];
export type LaneJson = ModelPageJson['lanes'][number];
export type DeploymentJson = ModelPageJson['deployments'][number];
export type SignatureJson = NonNullable<VersionDetail['signature']>;
export type LineageJson = Awaited<ReturnType<Client['getLineage']>>;
export type LineageNodeJson = LineageJson['nodes'][number];
export type RegistryEntryJson = Awaited<ReturnType<Client['listRegistryLog']>>['entries'][number];

/** Addresses name models by their names, events by their ids. */
const idsByName = new Map<string, string>();
/** What is about one model, named in the third place of the key. */
const ABOUT_ONE: readonly unknown[] = ['model', 'version', 'gate', 'evaluations', 'log'];

/** A model changed elsewhere: what is about it is asked for again, and lists, which may have it. */
export async function refreshModel(id: string): Promise<void> {
  await queryClient.invalidateQueries({
    queryKey: ['registry'],
    predicate: ({ queryKey: [, part, name] }) =>
      !ABOUT_ONE.includes(part) || (idsByName.get(String(name)) ?? id) === id,
  });
}

const MODELS_PAGE = 200;

/** Models by name, page by page; what was found before stays until the next is there. */
export const modelsQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: ['registry', 'models', text],
    queryFn: ({ signal, pageParam }) =>
      server.listRegisteredModels(
        { query: { q: text, limit: MODELS_PAGE, ...(pageParam !== '' && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
  });

export const modelQuery = (model: string) =>
  queryOptions({
    queryKey: ['registry', 'model', model],
    queryFn: async ({ signal }) => {
      const page = await server.getRegisteredModel({ params: { model } }, { signal });
      idsByName.set(model, page.model.id);
      return page;
    },
  });

/** @param version a number, `@alias`, `latest` or a stage. */
export const versionQuery = (model: string, version: string) =>
  queryOptions({
    queryKey: ['registry', 'version', model, version],
    queryFn: async ({ signal }) => {
      const found = await server.getModelVersion({ params: { model, version } }, { signal });
      idsByName.set(model, found.model.id);
      return found;
    },
  });

/** How the gate of a target stands for a version, and who holds the target, as of now. */
export const gateQuery = (model: string, version: number, target: Target) =>
  queryOptions({
    queryKey: ['registry', 'gate', model, version, target.kind, target.name],
    queryFn: ({ signal }) =>
      server.checkGate({ params: { model, version: String(version) }, query: target }, { signal }),
    staleTime: 0,
  });

const MOST_FIGURES = 10_000;

export const evaluationsQuery = (model: string, version: number, metric?: string) =>
  queryOptions({
    queryKey: ['registry', 'evaluations', model, version, metric],
    queryFn: async ({ signal }) => {
      const query = { limit: MOST_FIGURES, ...(metric !== undefined && { metric }) };
      const params = { model, version: String(version) };
      return (await server.listEvaluations({ params, query }, { signal })).evaluations;
    },
  });

/** A thing’s neighbourhood: `version NAME@3`, or a node’s key. */
export const lineageQuery = (root: string, up: number, down: number) =>
  queryOptions({
    queryKey: ['registry', 'lineage', root, up, down],
    queryFn: ({ signal }) => server.getLineage({ query: { root, up, down } }, { signal }),
  });

const LOG_PAGE = 100;

/** The model’s log, newest first, page by page; of one version when it is named. */
export const registryLogQuery = (model: string, version?: number) =>
  infiniteQueryOptions({
    queryKey: ['registry', 'log', model, version],
    queryFn: ({ signal, pageParam }) =>
      server.listRegistryLog(
        {
          params: { model },
          query: {
            limit: LOG_PAGE,
            ...(version !== undefined && { version }),
            ...(pageParam > 0 && { before: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });

/** Bytes of a sealed file: they never change. */
export const versionFileQuery = (model: string, version: number, path: string) =>
  queryOptions({
    queryKey: ['sealed-file', model, version, path],
    queryFn: ({ signal }) =>
      server.readVersionFile({ params: { model, version: String(version) }, query: { path } }, { signal }),
    staleTime: Infinity,
  });

/** After something was done here: the live connection says it too, but may be away. */
export async function refreshRegistry(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['registry'] });
}

export type ProductionRow = Awaited<ReturnType<Client['listProduction']>>['production'][number];

/** What is in production, each with its figures, objective and data. */
export const productionQuery = queryOptions({
  queryKey: ['registry', 'production'],
  queryFn: async ({ signal }) => (await server.listProduction({}, { signal })).production,
});

/** Promotions that wait, whoever may approve them. */
export const promotionsQuery = queryOptions({
  queryKey: ['registry', 'promotions'],
  queryFn: async ({ signal }) => (await server.listPromotions({}, { signal })).promotions,
});
