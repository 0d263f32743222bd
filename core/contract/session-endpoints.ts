import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { account, name, newPassword, role, rolePlace } from './identity-endpoints.ts';

// Who is logged in: set-up, log-in and log-out, invitations, passwords, and one's own sessions.

const none = z.object({});
const time = z.int().nonnegative();
export const sessionKey = z.string().regex(/^s-[0-9a-f]{16}$/);

/** Who the page talks to: what decides between set-up, log-in and the pages themselves. */
export const session = z
  .object({
    mode: z.enum(['local', 'team']),
    /** No account exists yet: the set-up token that the server printed makes the first admin. */
    needsSetup: z.boolean(),
    /** Absent: nobody is logged in (team mode), or the local owner (local mode). */
    account: account.optional(),
    /** What the account may, its teams' roles included. */
    grants: z.array(z.object({ place: rolePlace, role })),
    expiresAt: time.optional(),
  })
  .meta({ id: 'Session' });

/** A log-in that stands. */
export const ownSession = z
  .object({
    id: sessionKey,
    createdAt: time,
    expiresAt: time,
    /** Exact to a minute. */
    seenAt: time,
    /** Where the log-in came from. */
    address: z.string().optional(),
    /** What its browser calls itself. */
    agent: z.string().optional(),
    /** The one that asks. */
    isCurrent: z.boolean(),
  })
  .meta({ id: 'OwnSession' });

export const sessionEndpoints = {
  getSession: endpoint({
    method: 'GET',
    path: '/api/session',
    permission: 'public',
    summary: 'Who is logged in, and whether the server waits for its first admin.',
    params: none,
    query: none,
    body: 'none',
    reply: session,
  }),
  setUp: endpoint({
    method: 'POST',
    path: '/api/setup',
    permission: 'public',
    summary: 'Makes the first admin with the one-time token that the server printed, and logs in.',
    params: none,
    query: none,
    body: z.object({ token: z.string(), name, displayName: name.optional(), password: newPassword }),
    reply: session,
  }),
  logIn: endpoint({
    method: 'POST',
    path: '/api/session',
    permission: 'public',
    summary:
      'Logs in by password; the answer sets the session cookie. Too many wrong ones are refused with 429.',
    params: none,
    query: none,
    body: z.object({ name: z.string().max(100), password: z.string().max(1024) }),
    reply: session,
  }),
  logOut: endpoint({
    method: 'DELETE',
    path: '/api/session',
    permission: 'public',
    summary: 'Ends the session and takes its cookie back.',
    params: none,
    query: none,
    body: 'none',
    reply: session,
  }),
  acceptInvitation: endpoint({
    method: 'POST',
    path: '/api/invitations/accept',
    permission: 'public',
    summary:
      'Sets a password with a one-time invitation, and logs in. Ends all other sessions of the account.',
    params: none,
    query: none,
    body: z.object({ token: z.string(), password: newPassword }),
    reply: session,
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/api/account/password',
    permission: 'account:self',
    summary: 'Changes one’s own password; other sessions end.',
    params: none,
    query: none,
    body: z.object({ current: z.string().max(1024), password: newPassword }),
    reply: session,
  }),
  listSessions: endpoint({
    method: 'GET',
    path: '/api/account/sessions',
    permission: 'account:self',
    summary: 'One’s own log-ins that stand, the one used last first.',
    params: none,
    query: none,
    body: 'none',
    reply: z.object({ sessions: z.array(ownSession) }),
  }),
  endSession: endpoint({
    method: 'DELETE',
    path: '/api/account/sessions/{session}',
    permission: 'account:self',
    summary: 'Ends one of one’s own log-ins at once.',
    params: z.object({ session: sessionKey }),
    query: none,
    body: 'none',
    reply: none,
  }),
  endOtherSessions: endpoint({
    method: 'DELETE',
    path: '/api/account/sessions',
    permission: 'account:self',
    summary: 'Ends all of one’s own log-ins but the one that asks.',
    params: none,
    query: none,
    body: 'none',
    reply: none,
  }),
};
