import type { IncomingHttpHeaders } from 'node:http';

/** What a request brings to say who sent it. */
export type Credential =
  | { readonly kind: 'key'; readonly token: string }
  | { readonly kind: 'session'; readonly token: string };

/** For programs whose Authorization is spoken for (a proxy's, DVC's `custom_auth_header`). */
const KEY_HEADER = 'x-cairn-key';

/**
 * One credential in four places: Bearer, the Basic password under any user name (MLflow's and W&B's clients), a header
 * of our own, the browser's cookie. A key wins over a cookie, wherever it stands; what is no key (a password that a
 * proxy asked for) loses to it, and alone is refused as the key that it is not.
 * @param session the session cookie's secret, when there is one.
 */
export function credentialOf(headers: IncomingHttpHeaders, session?: string): Credential | undefined {
  const { authorization } = headers;
  const own = headers[KEY_HEADER];
  const sent = [authorization === undefined ? undefined : secretIn(authorization), own].filter(isText);
  const key = sent.find((text) => text.startsWith('cairn-'));
  if (key !== undefined) return { kind: 'key', token: key };
  if (session !== undefined) return { kind: 'session', token: session };
  return sent[0] === undefined ? undefined : { kind: 'key', token: sent[0] };
}

function isText(value: string | string[] | undefined): value is string {
  return typeof value === 'string';
}

/** RFC 6750 and RFC 7617: the token, or what stands behind the first colon of `user:password`. */
function secretIn(authorization: string): string {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+) *$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return '';
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
