import type { IncomingHttpHeaders } from 'node:http';

/**
 * What a 401 asks for (RFC 9110 §11.6.1). To `Basic` a browser opens a dialog of its own over the page, also for
 * `fetch`; git, DVC and curl send their password only when it is asked for. Every browser calls itself Mozilla; the
 * Sec-Fetch headers alone would not do, as they are absent on plain HTTP.
 */
export function challengeFor(headers: IncomingHttpHeaders): string {
  const isBrowser =
    headers['sec-fetch-mode'] !== undefined || headers['user-agent']?.startsWith('Mozilla/') === true;
  return isBrowser ? 'Bearer realm="Cairn"' : 'Basic realm="Cairn", charset="UTF-8"';
}
