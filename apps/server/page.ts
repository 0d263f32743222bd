import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const BUILT = fileURLToPath(new URL('../../dist/web', import.meta.url));
const NONCE = '__CSP_NONCE__';
const MODE = '__CAIRN_MODE__';

/**
 * The built page: hashed files are immutable, index.html is filled in per response with a fresh style nonce and the
 * mode, so that the page of a local server asks nobody who is logged in.
 */
export async function servePage(app: FastifyInstance, mode: 'local' | 'team'): Promise<void> {
  if (!existsSync(join(BUILT, 'index.html'))) {
    app.get('/', { config: { permission: 'public' } }, (_request, reply) =>
      reply
        .type('text/plain')
        .send('The page is not built. `npm start` builds it; `npm run build` builds it alone.\n'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: join(BUILT, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    decorateReply: false,
  });
  const sendIndex = (reply: FastifyReply): FastifyReply => {
    const nonce = randomBytes(16).toString('base64');
    // Read each time: a page that is built anew names other files.
    const template = readFileSync(join(BUILT, 'index.html'), 'utf8');
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', policy(nonce))
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .send(template.replaceAll(NONCE, nonce).replaceAll(MODE, mode));
  };
  // Which pages there are is the page's business: whatever a browser navigates to and no route serves is the page.
  app.get('/', { config: { permission: 'public' } }, (_request, reply) => sendIndex(reply));
  app.get('/*', { config: { permission: 'public' } }, (request, reply) => {
    const isNavigation = request.headers.accept?.includes('text/html') === true;
    if (isNavigation && !/^\/(api|ajax-api|assets|v1)\//.test(request.url)) return sendIndex(reply);
    return reply.callNotFound();
  });
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
