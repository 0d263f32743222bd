import type { Grant } from '#core/tracking/access/principal.ts';
import { Fault } from '#core/domain/fault.ts';
import { acceptInvitation } from '#core/tracking/accounts/accept-invitation.ts';
import { describeSession } from '#core/tracking/sessions/describe-session.ts';
import { logIn } from '#core/tracking/sessions/log-in.ts';
import { logOut } from '#core/tracking/sessions/log-out.ts';
import { sessionId } from '#core/domain/account.ts';
import { endOtherSessions, endSession } from '#core/tracking/sessions/end-sessions.ts';
import { listSessions } from '#core/tracking/sessions/list-sessions.ts';
import type { Asker, LoggedIn } from '#core/tracking/sessions/new-session.ts';
import { setUp } from '#core/tracking/sessions/set-up.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import type { Call, Operations } from '../operation.ts';
import { presentOwnSession, presentSession } from '../present-identity.ts';

type Name = 'getSession' | 'setUp' | 'logIn' | 'logOut' | 'acceptInvitation' | OfAccount;
type OfAccount = 'listSessions' | 'endSession' | 'endOtherSessions';

export const sessionOperations: Pick<Operations, Name> = {
  getSession: async ({ ports, edge, principal, reply }) => {
    const facts = await describeSession(ports, principal, ownSecret({ edge, reply }));
    return presentSession(edge.facts.mode, facts);
  },

  setUp: async (call) => {
    const { ports, edge, body, reply } = call;
    assertTeam(edge);
    await edge.sessions.allowLogIn(reply.request, 'setup');
    const { displayName, ...given } = body;
    const ask = { ...given, ...(displayName !== undefined && { displayName }) };
    return begin(call, await setUp(ports, asker(call), ask));
  },

  logIn: async (call) => {
    const { ports, edge, body, reply } = call;
    assertTeam(edge);
    await edge.sessions.allowLogIn(reply.request, body.name);
    return begin(call, await logIn(ports, asker(call), body));
  },

  logOut: async ({ ports, edge, principal, reply }) => {
    assertTeam(edge);
    const secret = edge.sessions.secretOf(reply.request);
    if (secret !== undefined) await logOut(ports, principal, { secret });
    edge.sessions.end(reply);
    return presentSession('team', { needsSetup: !(await ports.identity.hasAccounts()), grants: [] });
  },

  acceptInvitation: async (call) => {
    const { ports, edge, body, reply } = call;
    assertTeam(edge);
    await edge.sessions.allowLogIn(reply.request, 'invitation');
    return begin(call, await acceptInvitation(ports, asker(call), body));
  },

  listSessions: async ({ ports, edge, principal, reply }) => {
    const { idleMs } = edge.sessions.limits;
    const sessions = await listSessions(ports, principal, { idleMs, ...ownSecret({ edge, reply }) });
    return { sessions: sessions.map(presentOwnSession) };
  },

  endSession: async ({ ports, principal, params }) => {
    await endSession(ports, principal, { session: sessionId(params.session) });
    return {};
  },

  endOtherSessions: async ({ ports, edge, principal, reply }) => {
    await endOtherSessions(ports, principal, ownSecret({ edge, reply }));
    return {};
  },
};

/** Who logs in, from where, and for how long. */
function asker({
  edge,
  principal: { address },
  reply,
}: Pick<Call<'logIn'>, 'edge' | 'principal' | 'reply'>): Asker {
  const agent = reply.request.headers['user-agent'];
  const { limits } = edge.sessions;
  return { limits, ...(address !== undefined && { address }), ...(agent !== undefined && { agent }) };
}

/** Of the session that asks, in team mode; nothing when a key does. */
function ownSecret({ edge, reply }: Pick<Call<'getSession'>, 'edge' | 'reply'>): {
  readonly secret?: string;
} {
  const secret = edge.facts.mode === 'team' ? edge.sessions.secretOf(reply.request) : undefined;
  return secret === undefined ? {} : { secret };
}

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
