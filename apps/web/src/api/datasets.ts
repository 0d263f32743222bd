import { queryOptions } from '@tanstack/react-query';
import type { Client } from '#core/contract/client.ts';
import { server } from './server.ts';

export type DatasetRow = Awaited<ReturnType<Client['listDatasets']>>['datasets'][number];
export type DatasetVersion = Awaited<ReturnType<Client['getDataset']>>['versions'][number];
export type DatasetUse = Awaited<ReturnType<Client['getDatasetUse']>>;

export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: async ({ signal }) => (await server.listDatasets({}, { signal })).datasets,
});

/** Versions, newest first. */
export const datasetQuery = (dataset: string) =>
  queryOptions({
    queryKey: ['dataset', dataset],
    queryFn: async ({ signal }) => (await server.getDataset({ params: { dataset } }, { signal })).versions,
  });

export const datasetUseQuery = (dataset: string, number: number) =>
  queryOptions({
    queryKey: ['dataset', dataset, 'use', number],
    queryFn: ({ signal }) => server.getDatasetUse({ params: { dataset, number } }, { signal }),
  });
