import { expect, test } from 'vitest';
import { memoryServer } from '#tests/memory-server.ts';
import type { Wire } from '#protocols/edge/wire.ts';

test('a route that declares no permission stops the boot and is named', async () => {
  const careless: Wire = {
    name: 'careless',
    register: (scope) => void scope.get('/open/door', () => 'come in'),
  };
  await expect(memoryServer({ wires: [careless] })).rejects.toThrow('/open/door declares no permission');
});

test('a route in a nested scope is asked as well', async () => {
  const nested: Wire = {
    name: 'nested',
    register: async (scope) => {
      await scope.register(async (inner) => void inner.post('/deep/door', () => 'come in'));
    },
  };
  await expect(memoryServer({ wires: [nested] })).rejects.toThrow('/deep/door declares no permission');
});

test('operators find health, readiness and metrics', async () => {
  let isReady = true;
  const { call } = await memoryServer({ isReady: () => isReady });
  expect(await call('GET', '/health')).toMatchObject({ status: 200, text: 'OK' });
  expect(await call('GET', '/ready')).toMatchObject({ status: 200 });
  const metrics = await call('GET', '/metrics');
  expect(metrics.text).toMatch(
    /cairn_http_request_seconds_count\{method="GET",route="\/health",status="200"\} 1/,
  );
  isReady = false;
  expect(await call('GET', '/ready')).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect(await call('GET', '/health')).toMatchObject({ status: 200 });
});

test('routes that are not there are a JSON 404', async () => {
  const { call } = await memoryServer();
  for (const url of ['/nothing', '/api/nothing', '/api/runs/x/y/z', '/health/x']) {
    const answer = await call('GET', url);
    expect(answer).toMatchObject({ status: 404, json: { error: { code: 'not_found' } } });
  }
  expect(await call('PATCH', '/health')).toMatchObject({ status: 404 });
});

test('a path with a malformed escape is taken literally', async () => {
  const { call } = await memoryServer();
  const put = await call('PUT', '/api/2.0/mlflow-artifacts/artifacts/loose/100%/a%2g.txt');
  expect(put.status).toBe(200);
  const listed = await call('GET', '/api/2.0/mlflow-artifacts/artifacts?path=loose/100%25');
  expect(listed.json.files).toEqual([{ path: 'a%2g.txt', is_dir: false, file_size: 0 }]);
});

test('what breaks inside is an incident with an id, and its words stay inside', async () => {
  const broken: Wire = {
    name: 'broken',
    register: (scope) =>
      void scope.get('/broken', { config: { permission: 'public' } }, () => {
        throw new Error('secret-dsn');
      }),
  };
  const { call } = await memoryServer({ wires: [broken] });
  const answer = await call('GET', '/broken');
  expect(answer).toMatchObject({ status: 500, json: { error: { code: 'internal' } } });
  expect(answer.json.error.message).toContain(answer.json.error.requestId);
  expect(answer.text).not.toContain('secret-dsn');
});
