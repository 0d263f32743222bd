import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type Json, type MemoryServer } from '#tests/memory-server.ts';
import { api } from './api.ts';

let server: MemoryServer;
let document: Json;
beforeAll(async () => {
  server = await memoryServer();
  document = (await server.call('GET', '/api/openapi.json')).json;
});
afterAll(() => server.app.close());

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

function listed(): Listed[] {
  return Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

test('the document lists exactly the operations of the table', () => {
  const described = listed().map(
    ({ path, method, operation }) => `${operation.operationId} ${method} ${path}`,
  );
  const table = Object.entries(api).map(([name, row]) => `${name} ${row.method.toLowerCase()} ${row.path}`);
  expect(described.toSorted()).toEqual(table.toSorted());
});

test('a running server has a route for each of them', async () => {
  const samples: Record<string, string> = {
    run: 'f'.repeat(32),
    model: `m-${'f'.repeat(32)}`,
    project: '77',
    number: '1',
    key: 'k',
  };
  for (const { path, method } of listed()) {
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? 'missing sample');
    const { text } = await server.call(method.toUpperCase() as 'GET', url);
    expect(`${method} ${path} ${text}`).not.toContain('Nothing is served');
  }
});

test('every reference resolves and no schema keeps an id of its own', () => {
  const references: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== 'object') return;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref') references.push(value as string);
      else visit(value);
    }
  };
  visit(document);
  expect(references.length).toBeGreaterThan(20);
  for (const reference of new Set(references)) {
    const target = reference
      .replace(/^#\//, '')
      .split('/')
      .reduce((node, key) => node?.[key], document);
    expect({ reference, type: typeof target }).toEqual({ reference, type: 'object' });
  }
  expect(JSON.stringify(document)).not.toContain('$defs');
});

test('it has the shape of OpenAPI 3.1', () => {
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Cairn', version: expect.any(String) } });
  const ids = listed().map(({ operation }) => operation.operationId as string);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of listed()) {
    const inPath = operation.parameters.filter((parameter: Json) => parameter.in === 'path');
    const names = inPath.map((parameter: Json) => parameter.name as string);
    expect(new Set(names)).toEqual(new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)));
    for (const parameter of operation.parameters) {
      expect(parameter).toMatchObject({
        name: expect.any(String),
        required: expect.any(Boolean),
        schema: expect.any(Object),
      });
    }
    expect(operation.responses).toMatchObject({
      200: { description: expect.any(String), content: expect.any(Object) },
    });
  }
});
