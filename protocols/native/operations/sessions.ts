import type { Grant } from '#core/tracking/access/principal.ts';
import { Fault } from '#core/domain/fault.ts';
import { acceptInvitation } from '#core/tracking/accounts/accept-invitation.ts';
import { describeSession } from '#core/tracking/sessions/describe-session.ts';
import { logIn } from '#core/tracking/sessions/log-in.ts';
import { logOut } from '#core/tracking/sessions/log-out.ts';
import type { LoggedIn } from '#core/tracking/sessions/new-session.ts';
import { setUp } from '#core/tracking/sessions/set-up.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import type { Call, Operations } from '../operation.ts';
import { presentSession } from '../present-identity.ts';

type Name = 'getSession' | 'setUp' | 'logIn' | 'logOut' | 'acceptInvitation';

export const sessionOperations: Pick<Operations, Name> = {
  getSession: async ({ ports, edge, principal, reply }) => {
    const secret = edge.facts.mode === 'team' ? edge.sessions.secretOf(reply.request) : undefined;
    const facts = await describeSession(ports, principal, secret === undefined ? {} : { secret });
    return presentSession(edge.facts.mode, facts);
  },

  setUp: async (call) => {
    const { ports, edge, principal, body, reply } = call;
    assertTeam(edge);
    await edge.sessions.allowLogIn(reply.request, 'setup');
    const { displayName, ...given } = body;
    const ask = { ...given, ...(displayName !== undefined && { displayName }) };
    return begin(call, await setUp(ports, principal, ask));
  },

  logIn: async (call) => {
    const { ports, edge, principal, body, reply } = call;
    assertTeam(edge);
    await edge.sessions.allowLogIn(reply.request, body.name);
    return begin(call, await logIn(ports, principal, body));
  },

  logOut: async ({ ports, edge, principal, reply }) => {
    assertTeam(edge);
    const secret = edge.sessions.secretOf(reply.request);
    if (secret !== undefined) await logOut(ports, principal, { secret });
    edge.sessions.end(reply);
    return presentSession('team', { needsSetup: !(await ports.identity.hasAccounts()), grants: [] });
  },

  acceptInvitation: async (call) => {
    const { ports, edge, principal, body, reply } = call;
    assertTeam(edge);
    await edge.sessions.allowLogIn(reply.request, 'invitation');
    return begin(call, await acceptInvitation(ports, principal, body));
  },
};

/** Hands the secret to the browser and says who is logged in now. */
async function begin(
  { ports, edge, reply }: Pick<Call<'logIn'>, 'ports' | 'edge' | 'reply'>,
  { account, secret, expiresAt }: LoggedIn,
): ReturnType<Operations['logIn']> {
  edge.sessions.start(reply, secret, expiresAt);
  const bindings = await ports.identity.rolesOf(account.id);
  const grants = bindings.map(({ place, role }): Grant => ({ ...place, role }));
  return presentSession('team', { needsSetup: false, account, grants, expiresAt });
}

function assertTeam({ facts }: Edge): void {
  if (facts.mode === 'team') return;
  throw new Fault('unsupported', 'This server runs in local mode: it has one owner and no log-in.');
}
