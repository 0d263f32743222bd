import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '#core/domain/fault.ts';
import type { Authenticator } from '#core/tracking/access/authenticate.ts';
import { NOBODY, type Principal } from '#core/tracking/access/principal.ts';
import { challengeFor } from './challenge.ts';
import { credentialOf } from './credential.ts';
import type { SessionCookie } from './session-cookie.ts';
import { assertOwnSite, assertSentByOwnPage, type Sites } from './sites.ts';

interface TeamGuard {
  readonly sites: Sites;
  readonly cookie: SessionCookie;
  readonly authenticator: Authenticator;
}

/** Team mode: who asks is who the key or the session speaks for; without either only public routes answer. */
export function guardTeam(app: FastifyInstance, { sites, cookie, authenticator }: TeamGuard): void {
  app.addHook('onRequest', async (request, reply) => {
    assertOwnSite(request, sites);
    // What is not there is no secret: it tells the same to everybody.
    const isPublic = request.is404 || request.routeOptions.config.permission === 'public';
    try {
      const principal = await identify(request, cookie, authenticator);
      if (!principal && !isPublic) throw nobodyAsks();
      request.principal = { ...(principal ?? NOBODY), address: request.ip };
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'unauthenticated') throw error;
      request.principal = { ...NOBODY, address: request.ip };
      // Whoever comes with a session that has ended must be able to log in again.
      if (isPublic) return;
      void reply.header('www-authenticate', challengeFor(request.headers));
      throw error;
    }
  });
}

async function identify(
  request: FastifyRequest,
  cookie: SessionCookie,
  authenticator: Authenticator,
): Promise<Principal | undefined> {
  const credential = credentialOf(request.headers, cookie.secretOf(request));
  if (!credential) return undefined;
  if (credential.kind === 'session') assertSentByOwnPage(request);
  return credential.kind === 'key'
    ? authenticator.byKey(credential.token)
    : authenticator.bySession(credential.token);
}

function nobodyAsks(): Fault {
  return new Fault(
    'unauthenticated',
    'Log in, or send an API key: as MLFLOW_TRACKING_TOKEN, MLFLOW_TRACKING_PASSWORD or CAIRN_API_KEY.',
  );
}
