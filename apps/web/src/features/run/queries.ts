import { queryOptions } from '@tanstack/react-query';
import { server } from '../../api/server.ts';

export const modelsQuery = (run: string) =>
  queryOptions({
    queryKey: ['run-models', run],
    queryFn: async ({ signal }) => (await server.listRunModels({ params: { run } }, { signal })).models,
  });

/** Whose files: a run's, or a logged model's. */
export interface FileOwner {
  readonly kind: 'run' | 'model';
  readonly id: string;
}

export const filesQuery = ({ kind, id }: FileOwner, folder: string) =>
  queryOptions({
    queryKey: [`${kind}-files`, id, folder],
    queryFn: async ({ signal }) => {
      const ask = { query: { folder } };
      const answer =
        kind === 'run'
          ? await server.listRunFiles({ params: { run: id }, ...ask }, { signal })
          : await server.listModelFiles({ params: { model: id }, ...ask }, { signal });
      return answer.entries;
    },
  });

export const fileQuery = ({ kind, id }: FileOwner, path: string) =>
  queryOptions({
    queryKey: [`${kind}-files`, id, 'bytes', path],
    queryFn: ({ signal }) =>
      kind === 'run'
        ? server.getRunFile({ params: { run: id }, query: { path } }, { signal })
        : server.getModelFile({ params: { model: id }, query: { path } }, { signal }),
  });

const CHILDREN = 100;

export const childrenQuery = (project: string, parent: string) =>
  queryOptions({
    queryKey: ['runs', project, 'children', parent],
    queryFn: async ({ signal }) => {
      const filter = `tags.\`mlflow.parentRunId\` = '${parent}'`;
      return server.searchRuns({ body: { projects: [project], filter, limit: CHILDREN } }, { signal });
    },
  });
