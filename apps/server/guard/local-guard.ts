import type { FastifyInstance } from 'fastify';
import { Fault } from '#core/domain/fault.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws Fault `forbidden`: without authentication only loopback is served. */
export function assertLoopback(host: string): void {
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new Fault(
      'forbidden',
      `Listening on ${host} without authentication is refused: anyone who reaches the port would own the store. Use 127.0.0.1, or a tunnel to it.`,
    );
  }
}

/**
 * Local mode: whoever reaches loopback is the owner, so a web page must not reach it through the user's browser.
 * The Host's name must be a loopback name or a configured one (DNS rebinding, CVE-2025-14279) and an Origin must be
 * the Host's own (cross-site requests, WebSockets included).
 */
export function guardLocally(app: FastifyInstance, allowedHosts: readonly string[]): void {
  const allowed = new Set([...LOOPBACK, ...allowedHosts.map((host) => host.toLowerCase())]);
  app.decorateRequest('principal');
  app.addHook('onRequest', async (request) => {
    const host = (request.headers.host ?? '').toLowerCase();
    const name = host.replace(/:\d+$/, '');
    if (!allowed.has(name))
      throw new Fault('forbidden', `This server is not served under the name '${name.slice(0, 100)}'.`);
    const { origin } = request.headers;
    if (origin !== undefined && !isOwnOrigin(origin, host)) {
      throw new Fault('forbidden', 'Requests from other sites are refused.');
    }
    request.principal = LOCAL_OWNER;
  });
}

function isOwnOrigin(origin: string, host: string): boolean {
  const parsed = URL.parse(origin);
  return parsed !== null && parsed.host === host.replace(/:(80|443)$/, parsed.port === '' ? '' : ':$1');
}
