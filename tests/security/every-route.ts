import type { RouteOptions } from 'fastify';
import type { z } from 'zod';
import { api } from '#core/contract/api.ts';
import { OPERATIONS } from '#protocols/mlflow/operations.ts';
import { memoryServer } from '../memory-server.ts';

/** Where a field of a request travels. */
export type Place = 'url' | 'query' | 'body';

export interface Field {
  readonly place: Place;
  readonly name: string;
}

export interface Route {
  readonly method: string;
  /** With `:name` and `*` for what varies. */
  readonly url: string;
  readonly fields: readonly Field[];
}

/** What the routes beside the two tables read; a route that is nowhere fails the test that walks them. */
const UNTABLED: Readonly<Record<string, readonly Field[]>> = {
  'PUT /mlflow-artifacts/artifacts/*': [],
  'GET /mlflow-artifacts/artifacts/*': [],
  'DELETE /mlflow-artifacts/artifacts/*': [],
  'POST /mlflow/upload-artifact': fields('query', 'run_uuid', 'path'),
  'POST /mlflow-artifacts/mpu/create/*': fields('body', 'path'),
  'POST /mlflow-artifacts/mpu/complete/*': fields('body', 'path', 'upload_id'),
  'POST /mlflow-artifacts/mpu/abort/*': fields('body', 'path', 'upload_id'),
  'PUT /mlflow-artifacts/mpu/parts/:upload_id/:part_number': [],
  'GET /mlflow/get-artifact': fields('query', 'run_id', 'path'),
  'GET /get-artifact': fields('query', 'run_id', 'path'),
  'GET /mlflow/model-versions/get-artifact': fields('query', 'name', 'version', 'path'),
  'GET /model-versions/get-artifact': fields('query', 'name', 'version', 'path'),
  'GET /mlflow/logged-models/:model_id/artifacts/files': fields('query', 'artifact_file_path'),
  'GET /mlflow/server-info': [],
};

/** They read nothing that could be a path, or are somebody else's: the page's files are `@fastify/static`'s. */
const WITHOUT_FIELDS = new Set([
  '/metrics',
  '/version',
  '/health',
  '/ready',
  '/',
  '/api/openapi.json',
  '/api/live',
  '/api/2.0/*',
  '/api/3.0/*',
  '/ajax-api/*',
  '/v1/*',
  '/assets/*',
  '/*',
]);

/** Every route that the server has, with every field that it reads. Throws for one whose fields nobody wrote down. */
export async function everyRoute(): Promise<readonly Route[]> {
  const added: RouteOptions[] = [];
  const server = await memoryServer({ onRoute: (route) => added.push(route) });
  await server.app.close();
  return added.flatMap(({ method, url }) =>
    [method]
      .flat()
      .filter(
        (verb) => verb !== 'HEAD' && (!url.endsWith('*') || ['GET', 'PUT', 'POST', 'DELETE'].includes(verb)),
      )
      .map((verb) => ({ method: verb, url, fields: [...urlFields(url), ...fieldsOf(verb, url)] })),
  );
}

function urlFields(url: string): readonly Field[] {
  return [...url.matchAll(/:(\w+)|\*/g)].map(([whole, name]) => ({ place: 'url', name: name ?? whole }));
}

function fieldsOf(method: string, url: string): readonly Field[] {
  if (WITHOUT_FIELDS.has(url)) return [];
  const native = Object.values(api).find(
    (row) => row.method === method && row.path.replaceAll(/\{(\w+)\}/g, ':$1') === url,
  );
  if (native) return [...fields('query', ...keysOf(native.query)), ...fields('body', ...keysOf(native.body))];
  const path = url.replace(/^\/(ajax-)?api\/\d\.0/, '');
  const mlflow = OPERATIONS.find(
    (row) => row.path === path && (row.methods as readonly string[]).includes(method),
  );
  if (mlflow) return fields(method === 'GET' ? 'query' : 'body', ...keysOf(mlflow.request));
  const untabled = UNTABLED[`${method} ${path}`];
  if (untabled) return untabled;
  throw new Error(`What ${method} ${url} reads is not known here: add it to every-route.ts.`);
}

function fields(place: Place, ...names: readonly string[]): readonly Field[] {
  return names.map((name) => ({ place, name }));
}

/** The keys of an object schema, whatever is wrapped around it. */
function keysOf(schema: z.ZodType | string): readonly string[] {
  if (typeof schema === 'string') return [];
  if ('shape' in schema) return Object.keys(schema.shape as object);
  const { in: inner, innerType } = schema.def as unknown as { in?: z.ZodType; innerType?: z.ZodType };
  const wrapped = innerType ?? inner;
  if (!wrapped) throw new Error(`A request of type ${schema.def.type} has no keys to walk.`);
  return keysOf(wrapped);
}
