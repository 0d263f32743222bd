import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type MemoryServer } from '#tests/memory-server.ts';

let server: MemoryServer;
let run: string;
beforeAll(async () => {
  server = await memoryServer();
  const made = await server.call('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0' });
  run = made.json.run.info.run_id;
});
afterAll(async () => {
  // Whoever was refused half-way may still be sending.
  server.app.server.closeAllConnections();
  await server.app.close();
});

const MIB = 1024 * 1024;

async function upload(query: string, payload: Buffer | string, type = 'application/octet-stream') {
  const url = `/ajax-api/2.0/mlflow/upload-artifact?${query}`;
  const headers = { host: 'localhost', 'content-type': type };
  const answer = await server.app.inject({ method: 'POST', url, headers, payload });
  return { status: answer.statusCode, json: answer.json() };
}

test.each(['application/json', 'text/csv', 'multipart/form-data; boundary=x'])(
  'a small file of a run is taken as raw bytes, also when it calls itself %s',
  async (type) => {
    const sent = await upload(`run_uuid=${run}&path=tables/a%20b.csv`, '{"not": json', type);
    expect(sent).toEqual({ status: 200, json: {} });
    const back = await server.call('GET', `/get-artifact?run_uuid=${run}&path=tables/a%20b.csv`);
    expect(back.text).toBe('{"not": json');
  },
);

test('10 MiB are taken, and no byte more', async () => {
  expect((await upload(`run_uuid=${run}&path=full.bin`, Buffer.alloc(10 * MIB))).status).toBe(200);
  const beyond = await upload(`run_uuid=${run}&path=over.bin`, Buffer.alloc(10 * MIB + 1));
  expect(beyond).toMatchObject({ status: 413, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  expect(beyond.json.message).toBe('Artifact size is too large. Max size is 10MB.');
  expect((await server.call('GET', `/get-artifact?run_uuid=${run}&path=over.bin`)).status).toBe(404);
});

test('bytes that were not announced are counted as they come', async () => {
  const block = new Uint8Array(MIB);
  const body = ReadableStream.from(Array.from({ length: 11 }, () => block));
  const origin = await server.listen();
  const answer = await fetch(`${origin}/api/2.0/mlflow/upload-artifact?run_uuid=${run}&path=over.bin`, {
    method: 'POST',
    body,
    duplex: 'half',
  });
  expect([answer.status, await answer.json()]).toMatchObject([
    413,
    { error_code: 'INVALID_PARAMETER_VALUE' },
  ]);
});

test.each([
  ['path=a', "Missing value for required parameter 'run_id'"],
  ['run_uuid=RUN', "Missing value for required parameter 'path'"],
  ['run_uuid=RUN&path=../a', 'Invalid path'],
  ['run_uuid=RUN&path=%252e%252e/a', 'Invalid path'],
])('?%s is refused', async (query, message) => {
  const answer = await upload(query.replace('RUN', run), 'x');
  expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  expect(answer.json.message).toMatch(message);
});

test('without a byte it is a mistake, not an empty file', async () => {
  expect((await upload(`run_uuid=${run}&path=none`, '')).json.message).toBe('Request must specify data.');
  expect((await server.call('GET', `/get-artifact?run_uuid=${run}&path=none`)).status).toBe(404);
});

test('a run that is not there is 404', async () => {
  expect((await upload(`run_uuid=${'f'.repeat(32)}&path=a`, 'x')).status).toBe(404);
});
