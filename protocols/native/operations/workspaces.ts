import { workspaceId } from '#core/domain/ids.ts';
import { deleteWorkspace, updateWorkspace } from '#core/tracking/workspaces/change-workspace.ts';
import { createWorkspace } from '#core/tracking/workspaces/create-workspace.ts';
import { findWorkspace } from '#core/tracking/workspaces/find-workspace.ts';
import { listWorkspaces, overviewOf } from '#core/tracking/workspaces/list-workspaces.ts';
import type { Operations } from '../operation.ts';
import { presentWorkspace } from '../present.ts';

type Name = 'listWorkspaces' | 'createWorkspace' | 'getWorkspace' | 'updateWorkspace' | 'deleteWorkspace';

export const workspaceOperations: Pick<Operations, Name> = {
  listWorkspaces: async ({ ports, principal }) => ({
    workspaces: (await listWorkspaces(ports, principal)).map(presentWorkspace),
  }),

  createWorkspace: async ({ ports, principal, body: { id, name, description } }) => {
    const made = await createWorkspace(ports, principal, {
      workspace: workspaceId(id),
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
    });
    return presentWorkspace(await overviewOf(ports, principal, made));
  },

  getWorkspace: async ({ ports, principal, params }) => {
    const found = await findWorkspace(ports, principal, { workspace: workspaceId(params.workspace) });
    return presentWorkspace(await overviewOf(ports, principal, found));
  },

  updateWorkspace: async ({ ports, principal, params, body: { name, description } }) => {
    const changed = await updateWorkspace(ports, principal, {
      workspace: workspaceId(params.workspace),
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
    });
    return presentWorkspace(await overviewOf(ports, principal, changed));
  },

  deleteWorkspace: async ({ ports, principal, params }) => {
    await deleteWorkspace(ports, principal, { workspace: workspaceId(params.workspace) });
    return {};
  },
};
