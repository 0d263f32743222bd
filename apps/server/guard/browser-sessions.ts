import type { FastifyRequest } from 'fastify';
import type { BrowserSessions } from '#protocols/edge/wire.ts';
import { LogInLimits } from './log-in-limits.ts';
import type { SessionCookie } from './session-cookie.ts';

/** The cookie, and the count of who tries to get one. */
export function browserSessions(cookie: SessionCookie): BrowserSessions {
  const limits = new LogInLimits();
  const tried = new WeakMap<FastifyRequest, string>();
  return {
    start: (reply, secret, expiresAt) => {
      cookie.start(reply, secret, expiresAt);
      const name = tried.get(reply.request);
      if (name !== undefined) limits.forget(reply.request, name);
    },
    end: (reply) => cookie.end(reply),
    secretOf: (request) => cookie.secretOf(request),
    allowLogIn: async (request, name) => {
      tried.set(request, name);
      await limits.allow(request, name);
    },
  };
}
