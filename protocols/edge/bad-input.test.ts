import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// Both wires on a listening server: whatever comes, the answer is a clear 4xx in the wire's own shape, nothing is
// stored and the next request is served.

let server: MemoryServer;
let origin: string;
let run: string;
beforeAll(async () => {
  server = await memoryServer();
  origin = await server.listen();
  run = (await server.call('POST', '/api/2.0/mlflow/runs/create', {})).json.run.info.run_id;
});
afterAll(() => server.app.close());

interface Refusal {
  readonly status: number;
  readonly message: string;
}

const WIRES = [
  {
    name: 'native',
    url: () => `/api/runs/${run}/log`,
    tag: (key: string, value: string) => `{"tags":[{"key":${key},"value":${value}}]}`,
    param: (key: string, value: string) => `{"params":[{"key":${key},"value":${value}}]}`,
    point: (key: string, value: string, step: string) =>
      `{"points":[{"metric":${key},"steps":[${step}],"values":[${value}]}]}`,
    read: (body: Json) => ({ message: body.error.message, isShaped: body.error.code !== undefined }),
  },
  {
    name: 'mlflow',
    url: () => '/api/2.0/mlflow/runs/log-batch',
    tag: (key: string, value: string) => `{"run_id":"${run}","tags":[{"key":${key},"value":${value}}]}`,
    param: (key: string, value: string) => `{"run_id":"${run}","params":[{"key":${key},"value":${value}}]}`,
    point: (key: string, value: string, step: string) =>
      `{"run_id":"${run}","metrics":[{"key":${key},"value":${value},"timestamp":1,"step":${step}}]}`,
    read: (body: Json) => ({ message: body.message, isShaped: /^[A-Z_]+$/.test(body.error_code) }),
  },
];
type TestedWire = (typeof WIRES)[number];

async function refusal(wire: TestedWire, body: string | Uint8Array<ArrayBuffer>): Promise<Refusal> {
  const before = (await server.call('GET', `/api/runs/${run}`)).json;
  const response = await fetch(origin + wire.url(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { message, isShaped } = wire.read(await response.json());
  expect(isShaped).toBe(true);
  expect(message.length).toBeLessThan(1000);
  expect((await server.call('GET', `/api/runs/${run}`)).json).toEqual(before);
  return { status: response.status, message };
}

const words = (text: string): Uint8Array => new TextEncoder().encode(text);

for (const wire of WIRES) {
  const refused = (title: string, body: () => string | Uint8Array<ArrayBuffer>, message: RegExp): void =>
    test(`${wire.name}: ${title} is refused`, async () => {
      const answer = await refusal(wire, body());
      expect(answer.status).toBe(400);
      expect(answer.message).toMatch(message);
    });
  refused('half a body', () => '{"tags": [', /not valid JSON/);
  refused('text', () => 'hello', /not valid JSON/);
  refused('an array', () => '[]', /object/);
  refused('null', () => 'null', /object|body|run_id/);
  refused('a number', () => '7', /object/);
  refused('invalid UTF-8', () => Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), /UTF-8/);
  refused(
    'an overlong encoding',
    () => Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]),
    /UTF-8/,
  );
  refused('a depth of 10 000', () => `{"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, /nested/);
  refused('a depth of 10 000 left open', () => '{"x":'.repeat(10_000), /nested/);
  refused('a list of another type', () => wire.tag('1', '{}').replace('[', '7,"y":['), /tags/);
  refused('an object for a text', () => wire.tag('"k"', '{"a":1}'), /value/);
  refused('a NUL in a value', () => wire.tag('"k"', '"a\\u0000b"'), /NUL/);
  refused('a lone surrogate in a value', () => wire.tag('"k"', '"\\ud800"'), /surrogate/);
  refused('a NUL in a param', () => wire.param('"k"', '"a\\u0000b"'), /NUL/);
  refused('a NUL in a name', () => wire.tag('"a\\u0000"', '"v"'), /Invalid tag name/);
  refused('a lone surrogate in a name', () => wire.point('"\\udc00"', '1', '1'), /Invalid metric name/);
  refused('a name of a megabyte', () => wire.point(`"${'k'.repeat(1 << 20)}"`, '1', '1'), /250 characters/);
  refused('1e400 as a value', () => wire.point('"m"', '1e400', '1'), /value/);
  refused('a text that is no number', () => wire.point('"m"', '"much"', '1'), /value/);
  refused('a step beyond every number', () => wire.point('"m"', '1', '1e400'), /step/);
  refused(
    '10^6 params',
    () => wire.param('"k"', '"v"').replace(/\[(.*)\]/, `[${'{"key":"k"},'.repeat(999_999)}$1]`),
    /params/,
  );

  test(`${wire.name}: 10^6 unknown keys are ignored`, async () => {
    const keys = Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":0`).join(',');
    const body = wire.tag('"k"', '"v"').replace(/\}$/, `,${keys}}`);
    const response = await fetch(origin + wire.url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(200);
  });

  test(`${wire.name}: a byte order mark is no mistake`, async () => {
    const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), words(wire.tag('"bom"', '"v"'))]);
    const response = await fetch(origin + wire.url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(200);
  });

  test(`${wire.name}: what a web form can send is refused`, async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      const body = wire.tag('"form"', '"v"');
      const response = await fetch(origin + wire.url(), {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      expect(response.status).toBe(400);
      expect(wire.read(await response.json()).message).toContain('Content-Type');
    }
  });

  test(`${wire.name}: 100 MB are refused before they are read`, async () => {
    const before = process.memoryUsage().arrayBuffers;
    const answer = await announced(origin + wire.url(), 100_000_000);
    expect(answer.status).toBe(413);
    expect(wire.read(JSON.parse(answer.body)).message).toContain('larger than the limit');
    expect(answer.sentBytes).toBeLessThan(1_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect((await fetch(`${origin}/health`)).status).toBe(200);
  });
}

test('a filter nested 100 000 deep is refused', async () => {
  const filter = `${'('.repeat(9000)}metrics.a > 1${')'.repeat(9000)}`;
  const native = await server.call('POST', '/api/runs/search', { projects: ['0'], filter });
  expect(native).toMatchObject({ status: 400, json: { error: { code: 'invalid' } } });
  const long = filter.replaceAll('(', '('.repeat(12)).replaceAll(')', ')'.repeat(12));
  const mlflow = await server.call('POST', '/api/2.0/mlflow/runs/search', {
    experiment_ids: ['0'],
    filter: long,
  });
  expect(mlflow).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
});

const NUL = 'a\0b';
test.each([
  ['/api/projects', { name: NUL }],
  ['/api/projects', { name: 'p', tags: [{ key: 'k', value: NUL }] }],
  ['/api/runs', { project: '0', name: NUL }],
  ['/api/runs', { project: '0', userId: NUL }],
  ['/api/runs', { project: '0', tags: [{ key: 'k', value: NUL }] }],
  ['/api/runs', { project: '0', name: 'n'.repeat(1 << 21) }],
  ['/api/2.0/mlflow/experiments/create', { name: NUL }],
  ['/api/2.0/mlflow/experiments/create', { name: 'p', tags: [{ key: 'k', value: NUL }] }],
  ['/api/2.0/mlflow/experiments/create', { name: 'p', artifact_location: 's3://b/a\0b' }],
  ['/api/2.0/mlflow/experiments/update', { experiment_id: '0', new_name: NUL }],
  ['/api/2.0/mlflow/runs/create', { user_id: NUL }],
  ['/api/2.0/mlflow/runs/create', { run_name: '\ud800' }],
  ['/api/2.0/mlflow/logged-models', { experiment_id: '0', name: NUL }],
  ['/api/2.0/mlflow/logged-models', { experiment_id: '0', model_type: NUL }],
  ['/api/2.0/mlflow/logged-models', { experiment_id: '0', params: [{ key: NUL, value: '' }] }],
])('what no database can keep is refused at %s: %j', async (url, body) => {
  const before = server.ports.feed.latest();
  expect((await server.call('POST', url, body)).status).toBe(400);
  expect(server.ports.feed.latest()).toBe(before);
});

test.each(['source', 'schema', 'profile', 'source_type', 'name'])(
  'a NUL in a dataset’s %s is refused',
  async (field) => {
    const dataset = { name: 'd', digest: '1', source_type: 't', source: 's', [field]: NUL };
    const answer = await server.call('POST', '/api/2.0/mlflow/runs/log-inputs', {
      run_id: run,
      datasets: [{ dataset }],
    });
    expect(answer.status).toBe(400);
  },
);

/** Announces a body and begins to send it; ends when an answer came. */
function announced(url: string, bytes: number): Promise<{ status: number; body: string; sentBytes: number }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': bytes };
    const asking = request(url, { method: 'POST', headers });
    const part = Buffer.alloc(64 * 1024, 0x20);
    asking.write(part);
    asking.on('error', reject);
    asking.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        asking.destroy();
        resolve({ status: response.statusCode ?? 0, body, sentBytes: part.length });
      });
    });
  });
}
