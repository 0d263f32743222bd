import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { api, type Operation } from '#core/contract/api.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { openApi } from '#core/contract/openapi.ts';
import { refuseWorkspaces } from '#protocols/edge/base-path.ts';
import { budgetBodies } from '#protocols/edge/body-budget.ts';
import { parseJsonBody } from '#protocols/edge/json-body.ts';
import type { Edge, Wire } from '#protocols/edge/wire.ts';
import { Fault } from '#core/domain/fault.ts';
import { workspaceId } from '#core/domain/ids.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import { assertWorkspaceThere } from '#core/tracking/workspaces/find-workspace.ts';
import { sendFault, validated } from './faults.ts';
import { liveRoute } from './live-route.ts';
import { accountOperations } from './operations/accounts.ts';
import { answerOperations } from './operations/answers.ts';
import { artifactOperations } from './operations/artifacts.ts';
import { auditOperations } from './operations/audit.ts';
import { datasetOperations } from './operations/datasets.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { fileOperations } from './operations/files.ts';
import { keyOperations } from './operations/keys.ts';
import { lineageOperations } from './operations/lineage.ts';
import { projectOperations } from './operations/projects.ts';
import { promotionOperations } from './operations/promotions.ts';
import { registryOperations } from './operations/registry.ts';
import { roleOperations } from './operations/roles.ts';
import { runOperations } from './operations/runs.ts';
import { serverOperations } from './operations/server.ts';
import { sessionOperations } from './operations/sessions.ts';
import { teamOperations } from './operations/teams.ts';
import { versionOperations } from './operations/versions.ts';
import { workspaceOperations } from './operations/workspaces.ts';
import type { Call, Operations } from './operation.ts';

const operations: Operations = {
  ...serverOperations,
  ...workspaceOperations,
  ...projectOperations,
  ...runOperations,
  ...fileOperations,
  ...sessionOperations,
  ...accountOperations,
  ...keyOperations,
  ...teamOperations,
  ...roleOperations,
  ...auditOperations,
  ...registryOperations,
  ...versionOperations,
  ...promotionOperations,
  ...deploymentOperations,
  ...lineageOperations,
  ...datasetOperations,
  ...answerOperations,
  ...artifactOperations,
};

const OPERATIONS = Object.keys(api) as Operation[];

/** The native API: each row of the contract table becomes a route that validates, calls one use-case and presents. */
export const nativeWire: Wire = {
  name: 'native',
  async register(scope, edge) {
    scope.setErrorHandler(sendFault);
    scope.addHook('onRequest', refuseWorkspaces);
    await scope.register(async (bytes) => {
      // A file is bytes whatever type it calls itself: a JSON file is no message.
      bytes.removeAllContentTypeParsers();
      bytes.addContentTypeParser('*', (_request, _payload, done) => done(null));
      for (const name of OPERATIONS) if (api[name].body === 'bytes') addRoute(bytes, edge, name);
    });
    // After the scope of files, which are never held in memory and so take nothing of its budget.
    readJson(scope, edge);
    for (const name of OPERATIONS) if (api[name].body !== 'bytes') addRoute(scope, edge, name);
    const document = openApi(edge.facts.version);
    scope.get('/api/openapi.json', { config: { permission: 'public' } }, () => document);
    await liveRoute(scope, edge);
  },
};

/** A message must call itself JSON: what a web form can send is refused. A missing body is an empty message. */
function readJson(scope: FastifyInstance, edge: Edge): void {
  budgetBodies(scope, edge);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: edge.bodyLimitBytes },
    (request, body, done) => {
      try {
        done(null, parseMessage(request.headers['content-type'] ?? '', body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function parseMessage(type: string, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!/^application\/json\b/i.test(type)) {
    throw new Fault(
      'invalid',
      `The Content-Type of a body must be application/json, not '${type.slice(0, 100)}'.`,
    );
  }
  return parseJsonBody(body);
}

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
              : validated(row.body, request.body === undefined ? {} : request.body, 'body'),
        idempotencyKey: header(request, 'idempotency-key'),
        reply,
      };
      await assertNamed(edge, call);
      return handle(call as unknown as Call<Operation>);
    },
  });
}

/** A name in the query that is a slip of the pen is no empty workspace. */
async function assertNamed(
  { ports }: Edge,
  { principal, query }: { readonly principal: Principal; readonly query: unknown },
): Promise<void> {
  const { workspace } = query as { readonly workspace?: string };
  if (workspace !== undefined) await assertWorkspaceThere(ports, principal, workspaceId(workspace));
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
