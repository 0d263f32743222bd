import websocket from '@fastify/websocket';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RouteOptions,
} from 'fastify';
import type { Logger } from 'pino';
import { Fault } from '#core/domain/fault.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { withoutBase } from '#protocols/edge/base-path.ts';
import { BodyBudget } from '#protocols/edge/body-budget.ts';
import type { Edge, Wire } from '#protocols/edge/wire.ts';
import { sendFault } from '#protocols/native/faults.ts';
import { bodiesLimitBytes, bodyLimitBytes, fileLimitBytes, type Config } from './config.ts';
import { installGuard } from './guard/install-guard.ts';
import { healthOf, type StoreFacts } from './health.ts';
import { readTls } from './listening.ts';
import { keepHygiene } from './http-hygiene.ts';
import { servePage } from './page.ts';
import { measureProcess } from './process-metrics.ts';
import { dropStallingClients } from './stalling-clients.ts';
import { PRODUCT_VERSION } from './version.ts';

export interface AppParts {
  readonly config: Config;
  readonly ports: Ports;
  /** What the ports are kept in, for the admin's page. */
  readonly store: StoreFacts;
  readonly wires: readonly Wire[];
  readonly logger: Logger;
  /** Whether the store accepts writes: `/ready`. */
  readonly isReady: () => boolean | Promise<boolean>;
  /** Told of each route that is added: tests that walk all of them miss none. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** The HTTP server: one guard, one encapsulated scope per wire, the page, and what operators look at. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { config, ports, wires, logger, isReady } = parts;
  const loggerInstance: FastifyBaseLogger = logger;
  const clientTimeoutMs = config.clientTimeoutS * 1000;
  const timeouts = { headersTimeout: clientTimeoutMs, connectionsCheckingInterval: clientTimeoutMs / 2 };
  const tls = readTls(config);
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes(config),
    routerOptions: { maxParamLength: 4096 },
    frameworkErrors: (error, request, reply) => void sendFault(error, request, reply),
    rewriteUrl: (raw) => repairEscapes(withoutBase(raw, config.basePath)),
    keepAliveTimeout: 75_000,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    ...(tls ? { https: { ...tls, ...timeouts } } : { http: timeouts }),
  });
  app.setErrorHandler(sendFault);
  app.setNotFoundHandler((request) => {
    throw new Fault('not_found', `Nothing is served at ${request.method} ${request.url.slice(0, 200)}.`);
  });
  requirePermissions(app);
  if (parts.onRoute) app.addHook('onRoute', parts.onRoute);
  // Before the guard: it ends the sockets of upgrades that are refused, which nothing else would.
  await app.register(websocket, { options: { maxPayload: 1024 * 1024 } });
  const sessions = await installGuard(app, config, ports);
  dropStallingClients(app, clientTimeoutMs);
  keepHygiene(app);
  measureProcess(app, parts.store);
  const edge: Edge = {
    ports,
    facts: {
      version: PRODUCT_VERSION,
      mode: config.auth,
      wires: wires.map((wire) => wire.name),
      origin: () => config.publicUrl ?? originOf(app),
    },
    sessions,
    health: healthOf(parts.store, isReady),
    bodyLimitBytes: bodyLimitBytes(config),
    fileLimitBytes: fileLimitBytes(config),
    bodies: new BodyBudget(bodiesLimitBytes(config)),
  };
  for (const wire of wires) await app.register(async (scope) => wire.register(scope, edge));
  app.get('/health', { config: { permission: 'public' } }, (_request, reply) =>
    reply.type('text/plain').send('OK'),
  );
  app.get('/ready', { config: { permission: 'public' } }, async (_request, reply) =>
    (await isReady())
      ? reply.send('OK')
      : reply.status(503).header('retry-after', 5).send('not accepting writes'),
  );
  await servePage(app, config.auth);
  return app;
}

/** Default deny: a route that declares no permission stops the boot. */
function requirePermissions(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/assets/')) route.config = { ...route.config, permission: 'public' };
    if (route.config?.permission === undefined) {
      throw new Fault('internal', `The route ${String(route.method)} ${route.url} declares no permission.`);
    }
  });
}

/** A path with one malformed escape has every `%` meant literally: what Python's requests does to such paths. */
function repairEscapes(url: string): string {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  return /%(?![0-9a-fA-F]{2})/.test(path) ? path.replaceAll('%', '%25') + (at < 0 ? '' : url.slice(at)) : url;
}

/** Where it listens, as a URL; '' before it does. */
export function originOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') return '';
  const scheme = app.initialConfig.https ? 'https' : 'http';
  return `${scheme}://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
