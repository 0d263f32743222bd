import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPython } from '../python.ts';
import { startServer, type RunningServer } from '../running-server.ts';
import { CLIENTS, isMissing, nameOf } from './client-matrix.ts';
import { rawRequest } from './raw-request.ts';

// Uploads in parts as an unmodified client makes them once they are switched on; small parts here, since a client
// would send files of 500 MB and more so.

const KIB = 1024;
const SCRIPT = join(import.meta.dirname, 'scripts', 'multipart_upload.py');
/** One byte more than twenty parts. */
const BYTES = 20 * 256 * KIB + 1;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ args: ['--log-level', 'warn'] });
});
afterAll(async () => {
  await server.stop();
});

describe.each(CLIENTS.map((client) => [nameOf(client), client] as const))(
  'unmodified %s',
  (_name, client) => {
    test.skipIf(isMissing(client))(
      'sends files in parts, or whole where it cannot, and gets the same back',
      async () => {
        const { code, stdout, stderr } = await runPython(client, SCRIPT, {
          MLFLOW_TRACKING_URI: server.origin,
          MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: 'true',
          MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE: String(256 * KIB),
          MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE: String(256 * KIB),
          MULTIPART_BYTES: String(BYTES),
        });
        expect(code, `it ended with ${code}:\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`).toBe(0);
        const facts = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as {
          readonly cannot: readonly string[];
        };
        const isWhole = facts.cannot.includes('uploads in parts');
        expect(facts).toMatchObject({ bytes: BYTES, parts: isWhole ? 0 : 21 });
        expect(server.stderr).not.toContain('"bug"');
      },
    );

    test.skipIf(isMissing(client))('leaves no part behind', () => {
      expect(readdirSync(join(server.dataDir, 'tmp'))).toEqual([]);
      const uploads = readdirSync(join(server.dataDir, 'uploads'), { recursive: true, encoding: 'utf8' });
      expect(uploads.filter((name) => name.includes('part-'))).toEqual([]);
    });
  },
);

test('a restart forgets nothing of what was under way', async () => {
  const made = await rawRequest(server.origin, 'POST', '/api/2.0/mlflow/runs/create', { body: {} });
  const folder = `/api/2.0/mlflow-artifacts/mpu/VERB/0/${made.json.run.info.run_id}/artifacts`;
  const ask = (verb: string, body: object) =>
    rawRequest(server.origin, 'POST', folder.replace('VERB', verb), { body });
  const begun = (await ask('create', { path: 'a.bin', num_parts: 2 })).json;
  const parts: object[] = [];
  for (const [at, body] of ['first, ', 'second'].entries()) {
    const { pathname } = new URL(begun.credentials[at].url);
    const { status, headers } = await rawRequest(server.origin, 'PUT', pathname, { body });
    expect(status).toBe(200);
    parts.push({ part_number: at + 1, etag: headers['etag'] });
    await server.restart();
  }
  const complete = { path: 'a.bin', upload_id: begun.upload_id, parts };
  expect(await ask('complete', complete)).toMatchObject({ status: 200, json: {} });
  await server.restart();
  expect(await ask('complete', complete)).toMatchObject({ status: 200, json: {} });
  const file = `/get-artifact?run_uuid=${made.json.run.info.run_id}&path=a.bin`;
  expect((await rawRequest(server.origin, 'GET', file)).text).toBe('first, second');
});
