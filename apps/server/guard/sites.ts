import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyRequest } from 'fastify';
import { Fault } from '#core/domain/fault.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** From where a browser may come. */
export interface Sites {
  /** Lower case, without a port. */
  readonly names: ReadonlySet<string>;
  /**
   * Whether any address will do. An attacker's name can be made to lead here, an address cannot: a page at it is this
   * server's. Probes and people without a name server come by address.
   */
  readonly areAddressesFine: boolean;
  /** Where people reach the server; a proxy before it may have rewritten Host. */
  readonly publicOrigin: string | undefined;
}

export function localSites(allowedHosts: readonly string[]): Sites {
  return {
    names: new Set([...LOOPBACK, ...allowedHosts.map(lower)]),
    areAddressesFine: false,
    publicOrigin: undefined,
  };
}

export function teamSites(allowedHosts: readonly string[], publicUrl: string | undefined): Sites {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  const own = [hostname(), ...(url ? [url.hostname] : [])];
  return {
    names: new Set([...LOOPBACK, ...[...own, ...allowedHosts].map(lower)]),
    areAddressesFine: true,
    publicOrigin: url?.origin,
  };
}

/**
 * The Host's name must be a loopback name or a configured one (DNS rebinding, CVE-2025-14279) and an Origin must be
 * the Host's own (cross-site requests, WebSockets included).
 * @throws Fault `forbidden`
 */
export function assertOwnSite(request: FastifyRequest, sites: Sites): void {
  const host = lower(request.host);
  const name = host.replace(/:\d+$/, '');
  if (!sites.names.has(name) && !(sites.areAddressesFine && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0)) {
    throw new Fault(
      'forbidden',
      `This server is not served under the name '${name.slice(0, 100)}'; --allowed-hosts or --public-url of the server would say that it is.`,
    );
  }
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, host) && origin !== sites.publicOrigin) {
    throw new Fault('forbidden', 'Requests from other sites are refused.');
  }
}

/**
 * A cookie travels with whatever a browser sends here, so a request that changes something must also show that a page
 * of this server sent it. An Origin was already held against the Host.
 * @throws Fault `forbidden`
 */
export function assertSentByOwnPage({ method, headers }: FastifyRequest): void {
  const isReading = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
  if (isReading || headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin') return;
  throw new Fault(
    'forbidden',
    'A request with a session cookie must come from a page of this server; programs send a key instead.',
  );
}

/** Whether the port may be left out of one of them: 80 and 443 are. */
function isOwnOrigin(origin: string, host: string): boolean {
  const parsed = URL.parse(origin);
  return parsed !== null && parsed.host === host.replace(/:(80|443)$/, parsed.port === '' ? '' : ':$1');
}

function lower(name: string): string {
  return name.toLowerCase();
}
