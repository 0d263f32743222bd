import type { z } from 'zod';
import type { roleHolder, rolePlace } from '#core/contract/identity-endpoints.ts';
import { accountId, teamId, type RoleHolder, type RolePlace } from '#core/domain/account.ts';
import { projectId, workspaceId } from '#core/domain/ids.ts';
import { listHolders } from '#core/tracking/roles/list-holders.ts';
import { listRoles } from '#core/tracking/roles/list-roles.ts';
import type { PlaceAsk } from '#core/tracking/roles/place-asked.ts';
import { setRole } from '#core/tracking/roles/set-role.ts';
import type { Operations } from '../operation.ts';
import { presentBinding, presentHolders } from '../present-identity.ts';

export const roleOperations: Pick<Operations, 'listRoles' | 'listHolders' | 'setRole'> = {
  listRoles: async ({ ports, principal, query }) => {
    const ask = asked(query);
    return { roles: (await listRoles(ports, principal, ask)).map(presentBinding) };
  },

  listHolders: async ({ ports, principal, query }) => {
    const ask = asked(query);
    return presentHolders(await listHolders(ports, principal, ask));
  },

  setRole: async ({ ports, principal, body }) => {
    const holder = holderOf(body.holder);
    const roles = await setRole(ports, principal, { holder, place: placeOf(body.place), role: body.role });
    return { roles: roles.map(presentBinding) };
  },
};

function asked({
  project,
  workspace,
}: {
  readonly project?: string | undefined;
  readonly workspace?: string | undefined;
}): PlaceAsk {
  return {
    ...(project !== undefined && { project: projectId(project) }),
    ...(workspace !== undefined && { workspace: workspaceId(workspace) }),
  };
}

function holderOf(given: z.output<typeof roleHolder>): RoleHolder {
  return given.kind === 'account'
    ? { kind: 'account', id: accountId(given.id) }
    : { kind: 'team', id: teamId(given.id) };
}

function placeOf(given: z.output<typeof rolePlace>): RolePlace {
  if (given.scope === 'server') return { scope: 'server' };
  return given.scope === 'workspace'
    ? { scope: 'workspace', workspace: workspaceId(given.workspace) }
    : { scope: 'project', project: projectId(given.project) };
}
