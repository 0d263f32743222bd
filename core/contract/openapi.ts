import { z } from 'zod';
import { api } from './api.ts';
import type { Endpoint, Payload } from './endpoint.ts';
import { faultReply } from './schemas.ts';

type Io = 'input' | 'output';
type Json = Record<string, unknown>;

/** OpenAPI 3.1 of the native API, derived from the endpoint table. Named schemas are shared as components. */
export function openApi(version: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const [operationId, row] of Object.entries(api)) {
    const methods = (paths[row.path] ??= {});
    methods[row.method.toLowerCase()] = operation(operationId, row, components);
  }
  const fault = schemaOf(faultReply, 'output', components);
  return {
    openapi: '3.1.0',
    info: { title: 'Cairn', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: components,
      responses: {
        Fault: { description: 'Refused or failed.', content: { 'application/json': { schema: fault } } },
      },
    },
  };
}

function operation(operationId: string, row: Endpoint, components: Json): Json {
  return {
    operationId,
    summary: row.summary,
    'x-permission': row.permission,
    parameters: [
      ...parameters(row.params, 'path', components),
      ...parameters(row.query, 'query', components),
    ],
    ...(row.body !== 'none' && {
      requestBody: { required: true, content: content(row.body, 'input', components) },
    }),
    responses: {
      200: { description: 'Done.', content: content(row.reply, 'output', components) },
      default: { $ref: '#/components/responses/Fault' },
    },
  };
}

function parameters(schema: z.ZodType, place: 'path' | 'query', components: Json): Json[] {
  const json = schemaOf(schema, 'input', components) as { properties?: Json; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }));
}

function content(payload: Payload, io: Io, components: Json): Json {
  if (typeof payload === 'string') {
    return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  }
  return { 'application/json': { schema: schemaOf(payload, io, components) } };
}

/**
 * A JSON schema whose named parts are moved to the components. Input and output of one schema differ where there are
 * defaults, so a request's parts carry the suffix `Input`.
 */
function schemaOf(schema: z.ZodType, io: Io, components: Json): Json {
  const suffix = io === 'input' ? 'Input' : '';
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { target: 'draft-2020-12', io }) as Json;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) {
    components[name + suffix] = relocate(definition, suffix);
  }
  return relocate(own, suffix) as Json;
}

/** Points `#/$defs/X` at the components and drops the ids, for which OpenAPI has its own words. */
function relocate(node: unknown, suffix: string): unknown {
  if (Array.isArray(node)) return node.map((item) => relocate(item, suffix));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !((key === 'id' || key === '$id') && typeof value === 'string'))
      .map(([key, value]) =>
        key === '$ref' && typeof value === 'string'
          ? [key, value.replace('#/$defs/', '#/components/schemas/') + suffix]
          : [key, relocate(value, suffix)],
      ),
  );
}
