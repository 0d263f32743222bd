import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { api, type Operation } from '#core/contract/api.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { openApi } from '#core/contract/openapi.ts';
import { parseJsonBody } from '#protocols/edge/json-body.ts';
import type { Edge, Wire } from '#protocols/edge/wire.ts';
import { sendFault, validated } from './faults.ts';
import { liveRoute } from './live-route.ts';
import { fileOperations } from './operations/files.ts';
import { projectOperations } from './operations/projects.ts';
import { runOperations } from './operations/runs.ts';
import { serverOperations } from './operations/server.ts';
import type { Call, Operations } from './operation.ts';

const operations: Operations = {
  ...serverOperations,
  ...projectOperations,
  ...runOperations,
  ...fileOperations,
};

/** The native API: each row of the contract table becomes a route that validates, calls one use-case and presents. */
export const nativeWire: Wire = {
  name: 'native',
  async register(scope, edge) {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: edge.bodyLimitBytes },
      (_request, body, done) => {
        try {
          done(null, body.length === 0 ? undefined : parseJsonBody(body as Buffer));
        } catch (error) {
          done(error as Error);
        }
      },
    );
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.setErrorHandler(sendFault);
    for (const name of Object.keys(api) as Operation[]) addRoute(scope, edge, name);
    const document = openApi(edge.facts.version);
    scope.get('/api/openapi.json', { config: { permission: 'public' } }, () => document);
    await liveRoute(scope, edge);
  },
};

function addRoute(scope: FastifyInstance, edge: Edge, name: Operation): void {
  const row: Endpoint = api[name];
  const handle = operations[name] as (call: Call<Operation>) => Promise<unknown>;
  scope.route({
    method: row.method satisfies HTTPMethods,
    url: row.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { permission: row.permission },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const call = {
        ports: edge.ports,
        edge,
        principal: request.principal,
        params: validated(row.params, request.params, 'path'),
        query: validated(row.query, request.query, 'query'),
        body:
          row.body === 'none'
            ? undefined
            : row.body === 'bytes'
              ? request.raw
              : validated(row.body, request.body ?? {}, 'body'),
        idempotencyKey: header(request, 'idempotency-key'),
        reply,
      };
      return handle(call as unknown as Call<Operation>);
    },
  });
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
