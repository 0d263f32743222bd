import { z } from 'zod';
import { endpoint } from './endpoint.ts';

const none = z.object({});
const time = z.int().nonnegative();
const workspaceKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
const one = z.object({ workspace: workspaceKey });

/** The query of whatever speaks of names: those of one workspace. */
export const inWorkspace = z.object({ workspace: z.string().default('default') });

export const workspace = z
  .object({
    /** Stands in addresses (`/w/<id>`) and never changes. */
    id: z.string(),
    name: z.string(),
    description: z.string(),
    createdAt: time,
    updatedAt: time,
    /** Projects that the asker may see. */
    projects: z.int(),
    /** Whether the asker names, describes and shares it. */
    isAdmin: z.boolean(),
  })
  .meta({ id: 'Workspace' });

export type WorkspaceJson = z.infer<typeof workspace>;

export const workspaceEndpoints = {
  listWorkspaces: endpoint({
    method: 'GET',
    path: '/api/workspaces',
    permission: 'server:read',
    summary: 'Workspaces in which one has a role, on all of it or on a project, by name.',
    params: none,
    query: none,
    body: 'none',
    reply: z.object({ workspaces: z.array(workspace) }),
  }),
  createWorkspace: endpoint({
    method: 'POST',
    path: '/api/workspaces',
    permission: 'server:admin',
    summary:
      'Creates a workspace. Its id stands in addresses and never changes; its name is the id unless said.',
    params: none,
    query: none,
    body: z.object({ id: workspaceKey, name: z.string().optional(), description: z.string().optional() }),
    reply: workspace,
  }),
  getWorkspace: endpoint({
    method: 'GET',
    path: '/api/workspaces/{workspace}',
    permission: 'server:read',
    summary: 'One workspace.',
    params: one,
    query: none,
    body: 'none',
    reply: workspace,
  }),
  updateWorkspace: endpoint({
    method: 'PATCH',
    path: '/api/workspaces/{workspace}',
    permission: 'workspace:admin',
    summary: 'Renames or describes a workspace; its id stays.',
    params: one,
    query: none,
    body: z.object({ name: z.string().optional(), description: z.string().optional() }),
    reply: workspace,
  }),
  deleteWorkspace: endpoint({
    method: 'DELETE',
    path: '/api/workspaces/{workspace}',
    permission: 'server:admin',
    summary:
      'Removes an empty workspace with the roles that were given there; 409 while it has projects, deleted ones included, or models.',
    params: one,
    query: none,
    body: 'none',
    reply: none,
  }),
};
