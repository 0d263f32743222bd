import type { FastifyInstance } from 'fastify';
import { Fault } from '#core/domain/fault.ts';

/**
 * What holds for every request and answer. One Host (RFC 9112, 3.2): a proxy and this server must not each believe another
 * one. No answer is taken for another type than it says: an error that quotes what was sent is never a page.
 */
export function keepHygiene(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    if (hostsOf(raw.rawHeaders) > 1) throw new Fault('invalid', 'A request has one Host.');
  });
}

/** @param rawHeaders names and values by turns. */
function hostsOf(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
