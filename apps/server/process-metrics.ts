import type { FastifyInstance } from 'fastify';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { databaseFiles, type StoreFacts } from './health.ts';
import { authorise } from '#core/tracking/access/authorise.ts';

const DURATIONS_S = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * `/metrics` for Prometheus: the process, requests by route and status, and the files of an embedded database. Each server has a
 * registry of its own.
 */
export function measureProcess(app: FastifyInstance, { database, directory }: StoreFacts): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'cairn_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS_S,
    registers: [registry],
  });
  if (database === 'sqlite') {
    const files = new Gauge({
      name: 'cairn_database_file_bytes',
      help: 'Size of the database (data) and of its write-ahead log (wal), which grows while a program reads and never ends.',
      labelNames: ['file'],
      registers: [registry],
      async collect() {
        for (const [file, size] of Object.entries(await databaseFiles(directory))) files.set({ file }, size);
      },
    });
  }
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
    };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
  app.get('/metrics', { config: { permission: 'server:read' } }, async (request, reply) => {
    authorise(request.principal, 'server:read');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
