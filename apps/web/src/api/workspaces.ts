import { queryOptions } from '@tanstack/react-query';
import type { Client } from '#core/contract/client.ts';
import { server } from './server.ts';

export type WorkspaceJson = Awaited<ReturnType<Client['getWorkspace']>>;

export const workspacesQuery = queryOptions({
  queryKey: ['workspaces'],
  queryFn: async ({ signal }) => (await server.listWorkspaces({}, { signal })).workspaces,
});

/** The projects of every workspace, for pages that speak of all: the name says which when it is not `default`. */
export const allProjectsQuery = queryOptions({
  queryKey: ['projects', 'everywhere'],
  queryFn: async ({ signal }) => {
    const { workspaces } = await server.listWorkspaces({}, { signal });
    const lists = await Promise.all(
      workspaces.map(({ id: workspace }) => server.listProjects({ query: { workspace } }, { signal })),
    );
    return lists
      .flatMap(({ projects }) => projects)
      .map(({ id, name, workspace }) => ({
        id,
        name: workspace === 'default' ? name : `${workspace} / ${name}`,
      }));
  },
});
