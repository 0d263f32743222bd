import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '#core/domain/fault.ts';
import { deleteFiles } from '#core/tracking/files/delete-files.ts';
import { openFile } from '#core/tracking/files/open-file.ts';
import { putFile } from '#core/tracking/files/put-file.ts';
import { resolveTree } from '#core/tracking/files/resolve-tree.ts';
import { bodyBytes } from '#protocols/edge/body-bytes.ts';
import { sendFile } from '#protocols/edge/download.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import { portsWithin } from '#protocols/edge/workspace-ports.ts';

const PREFIXES = ['/api/2.0', '/ajax-api/2.0'];

/** PUT, GET and DELETE of raw bytes below `/mlflow-artifacts/artifacts/`: bodies of any type, never read into memory. */
export function proxiedArtifactRoutes(scope: FastifyInstance, edge: Edge): void {
  const portsOf = portsWithin(edge.ports);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  for (const prefix of PREFIXES) {
    const url = `${prefix}/mlflow-artifacts/artifacts/*`;
    scope.put(url, { config: { permission: 'file:write' } }, async (request) => {
      const ports = portsOf(request);
      const place = await resolveTree(ports, pathOf(request));
      const bytes = bodyBytes(request.raw);
      await putFile(ports, request.principal, { ...place, bytes, limitBytes: edge.fileLimitBytes });
      return {};
    });
    scope.get(url, { config: { permission: 'file:read' } }, async (request, reply) => {
      const ports = portsOf(request);
      const place = await resolveTree(ports, pathOf(request));
      return sendFile(reply, await openFile(ports, request.principal, place));
    });
    scope.delete(url, { config: { permission: 'file:write' } }, async (request) => {
      const ports = portsOf(request);
      await deleteFiles(ports, request.principal, await resolveTree(ports, pathOf(request))).catch(ifMissing);
      return {};
    });
  }
}

/** A deletion that is sent again after its answer was lost finds nothing more to do. */
function ifMissing(error: unknown): void {
  if (!(error instanceof Fault && error.code === 'not_found')) throw error;
}

function pathOf(request: FastifyRequest): string {
  const path = (request.params as Record<string, string>)['*'] ?? '';
  if (path === '') throw new Fault('invalid', 'Invalid path', { field: 'path' });
  return path;
}
