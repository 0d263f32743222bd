import type { FastifyRequest } from 'fastify';
import type { SessionLimits } from '#core/domain/account.ts';
import type { BrowserSessions } from '#protocols/edge/wire.ts';
import { LogInLimits } from './log-in-limits.ts';
import type { SessionCookie } from './session-cookie.ts';

/** The cookie, and the count of who tries to get one. */
export function browserSessions(cookie: SessionCookie, limits: SessionLimits): BrowserSessions {
  const tries = new LogInLimits();
  const tried = new WeakMap<FastifyRequest, string>();
  return {
    limits,
    start: (reply, secret, expiresAt) => {
      cookie.start(reply, secret, expiresAt);
      const name = tried.get(reply.request);
      if (name !== undefined) tries.forget(reply.request, name);
    },
    end: (reply) => cookie.end(reply),
    secretOf: (request) => cookie.secretOf(request),
    allowLogIn: async (request, name) => {
      tried.set(request, name);
      await tries.allow(request, name);
    },
  };
}
