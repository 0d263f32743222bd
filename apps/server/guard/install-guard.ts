import cookies from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { createAuthenticator } from '#core/tracking/access/authenticate.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import type { BrowserSessions } from '#protocols/edge/wire.ts';
import { sessionLimits, type Config } from '../config.ts';
import { browserSessions } from './browser-sessions.ts';
import { guardLocally } from './local-guard.ts';
import { SessionCookie } from './session-cookie.ts';
import { localSites, teamSites } from './sites.ts';
import { guardTeam } from './team-guard.ts';

/** Puts the mode's guard before every route, those of wires to come included. */
export async function installGuard(
  app: FastifyInstance,
  config: Pick<Config, 'auth' | 'allowedHosts' | 'publicUrl' | 'sessionDays' | 'sessionIdleDays'>,
  ports: Ports,
): Promise<BrowserSessions> {
  const cookie = new SessionCookie(config.publicUrl);
  const limits = sessionLimits(config);
  await app.register(cookies);
  app.decorateRequest('principal');
  if (config.auth === 'local') {
    guardLocally(app, localSites(config.allowedHosts));
  } else {
    const authenticator = createAuthenticator(ports, limits);
    app.addHook('onClose', async () => authenticator.close());
    guardTeam(app, { sites: teamSites(config.allowedHosts, config.publicUrl), cookie, authenticator });
  }
  return browserSessions(cookie, limits);
}
