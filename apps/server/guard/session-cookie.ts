import type { FastifyReply, FastifyRequest } from 'fastify';

const PLAIN = 'cairn_session';
/** Browsers take a `__Host-` cookie only over HTTPS, from this very host and for all its paths (RFC 6265bis §4.1.3.2). */
const HOST_BOUND = '__Host-cairn';

/** Gives, finds and takes back the cookie that holds a session's secret. `publicUrl` tells of HTTPS that a proxy does not. */
export class SessionCookie {
  readonly #public: URL | undefined;

  constructor(publicUrl: string | undefined) {
    this.#public = publicUrl === undefined ? undefined : new URL(publicUrl);
  }

  /** @param expiresAt ms UTC */
  start(reply: FastifyReply, secret: string, expiresAt: number): void {
    const isSecure = this.#isSecure(reply.request);
    void reply
      .setCookie(isSecure ? HOST_BOUND : PLAIN, secret, { ...kept(isSecure), expires: new Date(expiresAt) })
      .header('cache-control', 'no-store');
  }

  end(reply: FastifyReply): void {
    const isSecure = this.#isSecure(reply.request);
    void reply.clearCookie(isSecure ? HOST_BOUND : PLAIN, kept(isSecure)).header('cache-control', 'no-store');
  }

  /** Over HTTPS only the cookie that no other host and no clear-text page can have set. */
  secretOf(request: FastifyRequest): string | undefined {
    if (request.headers.cookie === undefined) return undefined;
    return request.cookies[this.#isSecure(request) ? HOST_BOUND : PLAIN] || undefined;
  }

  #isSecure(request: FastifyRequest): boolean {
    if (request.protocol === 'https') return true;
    return this.#public?.protocol === 'https:' && request.host.toLowerCase() === this.#public.host;
  }
}

const kept = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const;
