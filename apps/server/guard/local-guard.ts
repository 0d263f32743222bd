import type { FastifyInstance } from 'fastify';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { assertOwnSite, type Sites } from './sites.ts';

/** Local mode: whoever reaches loopback is the owner, so a web page must not reach it through the user's browser. */
export function guardLocally(app: FastifyInstance, sites: Sites): void {
  app.addHook('onRequest', async (request) => {
    assertOwnSite(request, sites);
    request.principal = LOCAL_OWNER;
  });
}
