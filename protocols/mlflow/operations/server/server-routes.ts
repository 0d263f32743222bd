import type { FastifyInstance } from 'fastify';
import { MLFLOW_VERSION } from '../../version.ts';

/** What clients probe before they speak: version and abilities (`/health` is the server's own). */
export function serverRoutes(scope: FastifyInstance): void {
  const config = { permission: 'public' } as const;
  scope.get('/version', { config }, (_request, reply) => reply.type('text/plain').send(MLFLOW_VERSION));
  for (const prefix of ['/api/3.0', '/ajax-api/3.0']) {
    scope.get(`${prefix}/mlflow/server-info`, { config }, () => ({
      store_type: 'SqlStore',
      workspaces_enabled: false,
      trace_archival_enabled: false,
    }));
  }
}
