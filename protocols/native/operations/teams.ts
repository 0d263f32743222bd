import { accountId, teamId } from '#core/domain/account.ts';
import { createTeam } from '#core/tracking/teams/create-team.ts';
import { deleteTeam } from '#core/tracking/teams/delete-team.ts';
import { listTeams } from '#core/tracking/teams/list-teams.ts';
import { updateTeam } from '#core/tracking/teams/update-team.ts';
import type { Operations } from '../operation.ts';
import { presentTeam } from '../present-identity.ts';

export const teamOperations: Pick<Operations, 'listTeams' | 'createTeam' | 'updateTeam' | 'deleteTeam'> = {
  listTeams: async ({ ports, principal }) => ({
    teams: (await listTeams(ports, principal)).map(presentTeam),
  }),

  createTeam: async ({ ports, principal, body }) =>
    presentTeam(
      await createTeam(ports, principal, { name: body.name, members: body.members.map(accountId) }),
    ),

  updateTeam: async ({ ports, principal, params, body: { name, members } }) =>
    presentTeam(
      await updateTeam(ports, principal, {
        team: teamId(params.team),
        ...(name !== undefined && { name }),
        ...(members && { members: members.map(accountId) }),
      }),
    ),

  deleteTeam: async ({ ports, principal, params }) =>
    presentTeam(await deleteTeam(ports, principal, { team: teamId(params.team) })),
};
