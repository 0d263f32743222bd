import type { FastifyInstance } from 'fastify';
import { Fault } from '#core/domain/fault.ts';
import { assertWorkspaceThere } from '#core/tracking/workspaces/find-workspace.ts';
import { workspaceOf } from '#protocols/edge/base-path.ts';
import { budgetBodies } from '#protocols/edge/body-budget.ts';
import { parseJsonBody } from '#protocols/edge/json-body.ts';
import type { Edge, Wire } from '#protocols/edge/wire.ts';
import { portsWithin } from '#protocols/edge/workspace-ports.ts';
import { sendMlflowFault, sendUnknownEndpoint } from './faults.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { downloadRoutes } from './operations/artifacts/download-routes.ts';
import { multipartRoutes } from './operations/artifacts/multipart-routes.ts';
import { proxiedArtifactRoutes } from './operations/artifacts/proxied-artifact-routes.ts';
import { uploadArtifactRoute } from './operations/artifacts/upload-artifact-route.ts';
import { assertPathNamed } from './operations/artifacts/whole-instead.ts';
import { serverRoutes } from './operations/server/server-routes.ts';
import { assertInWorkspace } from './wire/assert-in-workspace.ts';
import { readRequest } from './wire/read-request.ts';

/** MLflow's REST API: tracking and artifacts, for unmodified clients: 2.9, 2.14, 2.22, 3.1 and 3.17 are proven. */
export const mlflowWire: Wire = {
  name: 'mlflow',
  async register(scope, edge) {
    scope.setErrorHandler(sendMlflowFault);
    await scope.register(async (raw) => {
      proxiedArtifactRoutes(raw, edge);
      uploadArtifactRoute(raw, edge);
      multipartRoutes(scope, raw, edge);
    });
    readJson(scope, edge);
    serverRoutes(scope);
    downloadRoutes(scope, edge);
    for (const operation of OPERATIONS) addRoutes(scope, edge, operation);
    await scope.register(async (rest) => unknownRoutes(rest));
  },
};

/** What is not spoken says so before its body is looked at: spans come as protobuf. */
function unknownRoutes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  for (const prefix of ['/api/2.0', '/api/3.0', '/ajax-api', '/v1']) {
    scope.all(`${prefix}/*`, { config: { permission: 'public' } }, (request, reply) => {
      assertPathNamed(request);
      return sendUnknownEndpoint(request, reply);
    });
  }
}

function addRoutes(scope: FastifyInstance, edge: Edge, operation: Operation): void {
  const portsOf = portsWithin(edge.ports);
  for (const api of ['api', 'ajax-api']) {
    scope.route({
      method: [...operation.methods],
      url: `/${api}/${operation.major ?? '2.0'}${operation.path}`,
      config: { permission: operation.permission },
      handler: async (request, reply) => {
        const { principal } = request;
        const workspace = workspaceOf(request);
        const context = { ports: portsOf(request), principal, workspace, edge, reply };
        const asked = readRequest(operation.request, request);
        await assertWorkspaceThere(edge.ports, principal, workspace);
        await assertInWorkspace(context, asked);
        return operation.handle(context, asked);
      },
    });
  }
}

/** A body must call itself JSON; a missing one is an empty message. DELETE has bodies too. */
function readJson(scope: FastifyInstance, edge: Edge): void {
  budgetBodies(scope, edge);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: edge.bodyLimitBytes },
    (request, body, done) => {
      try {
        done(null, parseBody(request.headers['content-type'] ?? '', body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function parseBody(type: string, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!/^application\/(json|.*\+json)\b/i.test(type)) {
    throw new Fault(
      'invalid',
      `Bad Request. Content-Type must be one of ['application/json'], got '${type.slice(0, 100)}'.`,
    );
  }
  return parseJsonBody(body);
}
