import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, afterAll, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../running-server.ts';
import { RawSender, type Sent } from '../security/raw-sender.ts';
import { IS_LARGE } from './places.ts';
import { sampleRequests, type SampleRequest } from './sample-requests.ts';
import { ask, bugsOf, looseFile, memoryMib } from './writing.ts';

// Rows 42, 43, 45 and 46: whatever is sent, the answer is no 500 and comes, and the next request is served.

const RUNS = IS_LARGE ? 50_000 : 500;
const JSON_TYPE = { 'content-type': 'application/json' };

let server: RunningServer;
let sender: RawSender;
let samples: readonly SampleRequest[];
beforeAll(async () => {
  server = await startServer({ args: ['--log-level', 'error', '--body-limit-mib', '8'] });
  sender = new RawSender(server.origin);
  const post = async (path: string, body: object) =>
    JSON.parse(
      (await sender.send({ method: 'POST', path, body: JSON.stringify(body), headers: JSON_TYPE })).text,
    );
  const run = (await post('/api/2.0/mlflow/runs/create', { experiment_id: '0' })).run.info.run_id;
  const model = (await post('/api/2.0/mlflow/logged-models', { experiment_id: '0' })).model.info.model_id;
  samples = sampleRequests({ run, model });
});
afterAll(async () => {
  sender.close();
  await server.stop();
});

async function expectAnswered(sent: Promise<Sent>): Promise<void> {
  const { status, text } = await sent;
  expect([status, text.slice(0, 300)]).not.toEqual([500, expect.anything()]);
  expect(status).toBeLessThan(504);
}

test('the samples that are fuzzed are right as they stand', async () => {
  for (const { method, path, body } of samples) {
    const sent = {
      method,
      path,
      ...(body !== undefined && { body: JSON.stringify(body), headers: JSON_TYPE }),
    };
    expect([path, (await sender.send(sent)).status]).toEqual([path, 200]);
  }
});

test(
  `42 malformed: ${RUNS} samples with a part of another kind are answered, none with 500`,
  { timeout: 30 * 60_000 },
  async () => {
    const strange = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        null,
        '',
        0,
        -1,
        1e308,
        -1e308,
        2 ** 53 + 1,
        -0,
        1e-320,
        '1e400',
        'NaN',
        '-Infinity',
        true,
        [],
        {},
        [[]],
        [null],
        '\ud800',
        '\u0000',
        '__proto__',
        '-1',
        '9'.repeat(30),
        'x'.repeat(70_000),
      ),
      fc.string({ unit: 'binary', maxLength: 50 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), strange, async (which, place, value) => {
        const { method, path, body } = samples[which % samples.length] as SampleRequest;
        const changed = body === undefined ? undefined : JSON.stringify(replaced(body, place, value));
        const query = path.replace(/=([^&]*)/g, (whole, _old, at: number) =>
          at % 3 === place % 3 ? `=${encodeURIComponent(JSON.stringify(value).toWellFormed())}` : whole,
        );
        await expectAnswered(
          sender.send({
            method,
            path: body === undefined ? query : path,
            ...(changed !== undefined && { body: changed, headers: JSON_TYPE }),
          }),
        );
      }),
      { numRuns: RUNS },
    );
    expect(bugsOf(server)).toEqual([]);
  },
);

test(
  `42 malformed: ${RUNS} samples with bytes changed, cut and repeated are answered, none with 500`,
  { timeout: 30 * 60_000 },
  async () => {
    const types = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'APPLICATION/JSON',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json\t; x',
      ';',
      '',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        fc.uint8Array({ maxLength: 12 }),
        fc.constantFrom('change', 'cut', 'insert', 'repeat'),
        types,
        async (which, place, bytes, how, type) => {
          const { method, path, body } = samples.filter((sample) => sample.body !== undefined)[
            which % 20
          ] as SampleRequest;
          const text = Buffer.from(JSON.stringify(body));
          const at = place % text.length;
          const rest = text.subarray(how === 'change' ? at + bytes.length : at);
          const parts = how === 'cut' ? [] : how === 'repeat' ? [text, rest] : [bytes, rest];
          await expectAnswered(
            sender.send({
              method,
              path,
              body: Buffer.concat([text.subarray(0, at), ...parts]),
              headers: { 'content-type': type },
            }),
          );
        },
      ),
      { numRuns: RUNS },
    );
    expect(bugsOf(server)).toEqual([]);
  },
);

test.each([
  [
    'a metric name of 1 MB',
    (name: string) => ({ metrics: [{ key: name, value: 1, timestamp: 1, step: 1 }] }),
    1_000_000,
  ],
  ['a param name of 1 MB', (name: string) => ({ params: [{ key: name, value: 'v' }] }), 1_000_000],
  ['a tag name of 1 MB', (name: string) => ({ tags: [{ key: name, value: 'v' }] }), 1_000_000],
])('43 giant input: %s is refused', async (_what, body, length) => {
  const batch = samples.find(({ path }) => path.endsWith('log-batch'))?.body as { run_id: string };
  const message = JSON.stringify({ ...batch, ...body('k'.repeat(length)) });
  const { status, text } = await sender.send({
    method: 'POST',
    path: '/api/2.0/mlflow/runs/log-batch',
    body: message,
    headers: JSON_TYPE,
  });
  expect(status).toBe(400);
  expect(text.length).toBeLessThan(2000);
});

test('43 giant input: 10^6 keys and 10^6 entries cost memory of their own size, and are answered', async () => {
  const keys = `{${Array.from({ length: 500_000 }, (_, at) => `"k${at}":0`).join()}}`;
  const list = `{"experiment_ids":[${'"0",'.repeat(1_000_000)}"0"]}`;
  for (const body of [keys, list]) {
    await expectAnswered(
      sender.send({ method: 'POST', path: '/api/2.0/mlflow/runs/search', body, headers: JSON_TYPE }),
    );
    await expectAnswered(sender.send({ method: 'POST', path: '/api/runs/search', body, headers: JSON_TYPE }));
  }
  expect(memoryMib(server.pid)).toBeLessThan(600);
});

test('45 deep JSON: refused by one pass, whatever the depth', async () => {
  for (const path of ['/api/runs/search', '/api/2.0/mlflow/runs/search', '/api/2.0/mlflow/runs/log-batch']) {
    for (const body of [
      '['.repeat(4_000_000),
      `${'{"a":'.repeat(1_000_000)}1`,
      `{"a":${'['.repeat(65)}${']'.repeat(65)}}`,
    ]) {
      expect((await sender.send({ method: 'POST', path, body, headers: JSON_TYPE })).status).toBe(400);
    }
  }
});

test('46 gzip bombs: no body is ever unpacked, so a bomb is what it is: malformed, or a file of its own size', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
  const twice = gzipSync(bomb);
  for (const body of [bomb, twice]) {
    for (const encoding of ['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity, gzip']) {
      const headers = { ...JSON_TYPE, 'content-encoding': encoding };
      const answer = await sender.send({
        method: 'POST',
        path: '/api/2.0/mlflow/runs/log-batch',
        body,
        headers,
      });
      expect([400, 415]).toContain(answer.status);
    }
    const put = await ask(looseFile(server, 'bomb.gz'), {
      method: 'PUT',
      headers: { 'content-encoding': 'gzip' },
      body,
    });
    expect(put.status).toBe(200);
    const stored = await fetch(looseFile(server, 'bomb.gz'));
    expect(stored.headers.get('content-encoding')).toBeNull();
    expect((await stored.arrayBuffer()).byteLength).toBe(body.length);
  }
  expect(memoryMib(server.pid)).toBeLessThan(600);
});

/** The same value with one of its parts, chosen by a number, replaced. */
function replaced(value: unknown, place: number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null || place % 7 === 0) return by;
  const entries = Object.entries(value);
  if (entries.length === 0) return by;
  const at = place % entries.length;
  const next = Math.floor(place / entries.length);
  const changed = entries.map(
    ([key, part], index) => [key, index === at ? replaced(part, next, by) : part] as const,
  );
  return Array.isArray(value) ? changed.map(([, part]) => part) : Object.fromEntries(changed);
}
