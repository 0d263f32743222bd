import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryServer, type MemoryServer } from '#tests/memory-server.ts';
import { OPERATIONS } from './operations.ts';

// What holds for each operation of the table, the next one included.

let server: MemoryServer;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());

const rows = OPERATIONS.flatMap(({ methods, path, major = '2.0' }) =>
  methods.map((method) => ({ method, path: path.replace(/:\w+/g, 'x'), major })),
);

describe.each(rows)('$method $path', ({ method, path, major }) => {
  test.each(['api', 'ajax-api'])('is served below /%s, and a mistake in it is the caller’s', async (api) => {
    const url = `/${api}/${major}${path}`;
    const { status, json } = await server.call(method, url, method === 'GET' ? undefined : {});
    expect(status).toBeLessThan(500);
    expect(json.error_code).not.toBe('ENDPOINT_NOT_FOUND');
  });

  test('ignores what it does not know', async () => {
    const url = `/api/${major}${path}`;
    const unknown = { no_such_field: { deep: [1, null] } };
    const plain = await server.call(method, url, method === 'GET' ? undefined : {});
    const more =
      method === 'GET'
        ? await server.call('GET', `${url}?no_such_field=1&no_such_field=2`)
        : await server.call(method, url, unknown);
    expect([more.status, more.json.error_code]).toEqual([plain.status, plain.json.error_code]);
  });
});

test.each(rows.filter(({ method }) => method !== 'GET'))(
  '$method $path reads no body of another type than JSON',
  async ({ method, path, major }) => {
    const headers = { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' };
    const url = `/api/${major}${path}`;
    const answer = await server.app.inject({ method, url, headers, payload: 'experiment_id=0' });
    expect([answer.statusCode, answer.json().error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.json().message).toMatch('Content-Type must be one of');
  },
);
