import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryServer, type MemoryServer } from '../memory-server.ts';
import { PROC_ROOT } from './proc-root.ts';
import { everyRoute } from './every-route.ts';
import { RawSender } from './raw-sender.ts';

// Each advisory of MLflow's history that has a shape here, by its number: what was possible there is refused here.

let server: MemoryServer;
/** Paths as they are given: an injected request would have its dots resolved. */
let sender: RawSender;
let run: string;
let folder: string;
/** A server that nobody is to reach through ours. */
const trap = createServer((_request, answer) => {
  visits += 1;
  answer.end('inside');
});
let visits = 0;
let inside: string;
beforeAll(async () => {
  server = await memoryServer();
  sender = new RawSender(await server.listen());
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  inside = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  run = (await server.call('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0' })).json.run.info
    .run_id;
  folder = `/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts`;
  await put(`${folder}/kept.txt`, 'kept');
});
afterAll(async () => {
  sender.close();
  await server.app.close();
  trap.close();
});

function raw(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  return sender.send({ method, path, headers, ...(body !== undefined && { body }) });
}

const put = (url: string, bytes: string) =>
  raw('PUT', url, { 'content-type': 'application/octet-stream' }, bytes);

async function expectKept(): Promise<void> {
  expect(await raw('GET', `${folder}/kept.txt`)).toMatchObject({ status: 200, text: 'kept' });
}

/** What is posted; what the server does not speak is 404 at once, whatever is asked. */
async function posted(
  path: string,
  body: object,
): Promise<{ readonly path: string; readonly status: number }> {
  return { path, status: (await server.call('POST', path, body)).status };
}

describe('paths', () => {
  test('2023-30172 /get-artifact?path=../../etc/passwd is refused', async () => {
    for (const path of ['../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%252e%252e/etc/passwd']) {
      expect((await raw('GET', `/get-artifact?run_uuid=${run}&path=${path}`)).status).toBe(400);
    }
  });

  test('2023-6018, 2023-6015 an upload outside the root is refused and overwrites nothing', async () => {
    for (const path of [
      '..%5ckept.txt',
      '../artifacts/kept.txt',
      '/kept.txt',
      '%2fkept.txt',
      'C:%5ckept.txt',
    ]) {
      expect((await put(`${folder}/${path}`, 'changed')).status).toBe(400);
    }
    await expectKept();
  });

  test.each(['..%5ckept.txt', 'a%5c..%5ckept.txt', '%5c%5chost%5cshare', 'C:%5cWindows%5cwin.ini'])(
    '2023-6831, 2023-6909 separators of another system are refused on read and delete: %s',
    async (path) => {
      expect((await raw('GET', `${folder}/${path}`)).status).toBe(400);
      expect((await raw('DELETE', `${folder}/${path}`)).status).toBe(400);
      await expectKept();
    },
  );

  test('2023-6977 //proc/self/root is no way round', async () => {
    for (const path of [
      `//${PROC_ROOT}/etc/passwd`,
      `/${PROC_ROOT}/etc/passwd`,
      `%2f%2f${PROC_ROOT}/etc/passwd`,
    ]) {
      expect((await raw('GET', `${folder}/${path}`)).status).toBe(400);
      expect((await raw('GET', `/get-artifact?run_id=${run}&path=${path}`)).status).toBe(400);
    }
  });

  test('2024-1560 a delete of doubly encoded dots deletes nothing', async () => {
    for (const path of ['%252e%252e', '%252e%252e%252f', '%25252e%25252e/x', '%2e%2e', '..']) {
      expect((await raw('DELETE', `${folder}/${path}`)).status).toBe(400);
    }
    await expectKept();
  });
});

describe('locations and sources', () => {
  test.each([
    ['2023-1177', 'file:///etc'],
    ['2023-1177', '/etc'],
    ['2023-2780', '../../etc'],
    ['2023-6977', '//proc/self/root'],
    ['2024-1483', 's3://bucket/a#/../../../etc'],
    ['2024-1558', 'mlflow-artifacts:/..%2f..%2fetc'],
    ['2024-1558', 'mlflow-artifacts:/%252e%252e/etc'],
    ['2024-1593', 's3://bucket/a;/../../etc'],
    ['2024-1594', 'mlflow-artifacts:/a#../../etc'],
    ['2024-3573', ''.padEnd(1, ':') + '///etc'],
    ['2024-3573', 'FILE:/etc'],
    ['2024-3573', 'file:etc'],
    ['2024-3848', 's3://bucket/a?/../../etc'],
    ['2024-2928', 'mlflow-artifacts:/a?x=/../../etc'],
    ['2023-6018', 'C:\\Windows'],
    ['2025-11201', 'models:/m/../../../etc'],
  ])('%s the artifact location %j is refused', async (_cve, location) => {
    const ask = { name: `at ${location}`, artifact_location: location };
    expect((await server.call('POST', '/api/2.0/mlflow/experiments/create', ask)).status).toBe(400);
  });

  test('2023-1176, 2023-2356, 2025-11201, 2026-2614 a model version reads no file of the server, whatever its source and tags say', async () => {
    await posted('/api/2.0/mlflow/registered-models/create', { name: 'm' });
    const path = '/api/2.0/mlflow/model-versions/create';
    const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
    for (const source of ['file:///etc/passwd', '/etc', '../..', 'mlflow-artifacts:/../../etc']) {
      expect(await posted(path, { name: 'm', source, tags })).toEqual({ path, status: 400 });
    }
    // What is elsewhere is only written down: nobody here goes there.
    expect(await posted(path, { name: 'm', source: `${inside}/x` })).toEqual({ path, status: 200 });
    for (const file of ['x', 'etc/passwd']) {
      const read = await raw('GET', `/model-versions/get-artifact?name=m&version=1&path=${file}`);
      expect([file, read.status]).toEqual([file, 404]);
    }
    expect(visits).toBe(0);
  });

  test('2026-2614 a tag of the client switches no check off', async () => {
    for (const tags of [
      [],
      [{ key: 'mlflow.prompt.is_prompt', value: 'true' }],
      [{ key: 'mlflow.artifactLocation', value: '/' }],
    ]) {
      const ask = { name: `tagged ${tags.length}`, artifact_location: 'file:///etc', tags };
      expect((await server.call('POST', '/api/2.0/mlflow/experiments/create', ask)).status).toBe(400);
    }
  });

  test('2025-52967, 2026-2393, 2023-6974 no address that a client names is ever fetched', async () => {
    const target = `${inside}/metadata`;
    await server.call('POST', '/api/2.0/mlflow/experiments/create', {
      name: 'remote',
      artifact_location: target,
    });
    const { json } = await server.call('POST', '/api/2.0/mlflow/experiments/create', {
      name: 's3',
      artifact_location: `s3://${new URL(inside).host}/b`,
    });
    await server.call('POST', '/api/2.0/mlflow/runs/create', { experiment_id: json.experiment_id });
    const dataset = { name: 'd', digest: '1', source_type: 'http', source: JSON.stringify({ url: target }) };
    await server.call('POST', '/api/2.0/mlflow/runs/log-inputs', { run_id: run, datasets: [{ dataset }] });
    for (const path of [
      '/ajax-api/2.0/mlflow/gateway-proxy',
      '/api/2.0/mlflow/webhooks/create',
      '/ajax-api/2.0/mlflow/webhooks/test',
    ]) {
      const body = { url: target, gateway_path: target, name: 'w', events: [] };
      expect(await posted(path, body)).toEqual({ path, status: 404 });
    }
    expect(visits).toBe(0);
  });
});

describe('pages', () => {
  test('2023-6568 an error is JSON, whatever it quotes', async () => {
    const type = 'text/html;<script>alert(1)</script>';
    for (const url of ['/api/2.0/mlflow/runs/create', '/api/runs', '/<script>alert(1)</script>']) {
      const answer = await raw('POST', url, { 'content-type': type }, '<script>alert(1)</script>');
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(String(answer.headers['content-type'])).toMatch(/^application\/json/);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  test.each([
    'page.html',
    'x.svg',
    'x.xhtml',
    'x.xml',
    'x.pdf',
    'x.htm',
    'x.js',
    'x.mjs',
    'x.swf',
    'x.mht',
    'x',
    'MLmodel',
    'x.html.',
    'x.HTML',
    'x.shtml',
    'table.json',
  ])(
    '2024-27132, 2024-27133, GHSA-fh64 the artifact %s is saved, never shown in the page’s origin',
    async (name) => {
      await put(`${folder}/${name}`, '<script>alert(1)</script>');
      for (const url of [
        `${folder}/${name}`,
        `/get-artifact?run_id=${run}&path=${name}`,
        `/api/runs/${run}/file?path=${name}`,
      ]) {
        const { status, headers } = await raw('GET', url);
        expect(status).toBe(200);
        expect(String(headers['content-type'])).not.toMatch(/html|svg|xml|javascript/i);
        expect(headers).toMatchObject({
          'content-disposition': expect.stringMatching(/^attachment;/),
          'x-content-type-options': 'nosniff',
          'content-security-policy': expect.stringMatching(/^sandbox;/),
        });
      }
    },
  );

  test('2025-1473 a request of another site is refused on every route that changes something', async () => {
    for (const { method, url } of await everyRoute()) {
      if (method === 'GET' || url.endsWith('*')) continue;
      const path = url.replaceAll(/:\w+/g, '0');
      for (const origin of ['http://evil.example', 'null', 'http://localhost.evil.example', 'file://']) {
        const answer = await server.app.inject({
          method: method as 'POST',
          url: path,
          headers: { host: 'localhost', origin, 'content-type': 'application/json' },
          payload: '{}',
        });
        expect([method, path, origin, answer.statusCode]).toEqual([method, path, origin, 403]);
      }
    }
  });

  test('2025-14279 a name that was made to lead here is refused on every route', async () => {
    for (const { method, url } of await everyRoute()) {
      const path = url.replaceAll(/:\w+|\*/g, '0');
      const answer = await server.app.inject({
        method: method as 'POST',
        url: path,
        headers: { host: 'evil.example:5100' },
      });
      expect([method, path, answer.statusCode]).toEqual([method, path, 403]);
    }
  });
});

describe('what is not there cannot be misused', () => {
  test.each([
    ['2023-6014 no sign-up', '/signup'],
    ['2023-6014 no sign-up', '/api/2.0/mlflow/users/create-ui'],
    ['2025-0453 no GraphQL', '/graphql'],
    ['2026-0545 no jobs', '/ajax-api/3.0/jobs'],
    ['2026-2652 no traces', '/v1/traces'],
    ['2025-52967 no gateway', '/gateway/chat/invocations'],
    ['2025-15379 no serving', '/invocations'],
  ])('%s: POST %s', async (_what, path) => {
    const body = { username: 'a', password: 'b', query: '{a}' };
    expect(await posted(path, body)).toEqual({ path, status: 404 });
  });

  test('2024-37052 to 2024-37061 a pickle is bytes: nothing is ever loaded', async () => {
    const trace = join(tmpdir(), `cairn-was-here-${run}`);
    const pickle = `cos\nsystem\n(S'touch ${trace}'\ntR.`;
    await put(`${folder}/model/python_model.pkl`, pickle);
    await put(
      `${folder}/model/MLmodel`,
      'flavors:\n  python_function: !!python/object/apply:os.system ["id"]\n',
    );
    const model_json = JSON.stringify({
      artifact_path: 'model',
      flavors: {},
      utc_time_created: 'x',
      run_id: run,
    });
    expect(
      (await server.call('POST', '/api/2.0/mlflow/runs/log-model', { run_id: run, model_json })).status,
    ).toBe(200);
    expect((await raw('GET', `${folder}/model/python_model.pkl`)).text).toBe(pickle);
    expect(existsSync(trace)).toBe(false);
  });
});

describe('limits', () => {
  test('2024-6838 names have an end, and so has a page', async () => {
    for (const length of [10_000, 1_000_000]) {
      expect(
        (await server.call('POST', '/api/2.0/mlflow/experiments/create', { name: 'n'.repeat(length) }))
          .status,
      ).toBe(400);
    }
    for (const max_results of [0, -1, 1e9]) {
      expect((await server.call('POST', '/api/2.0/mlflow/experiments/search', { max_results })).status).toBe(
        400,
      );
    }
  });

  test('2024-3099 names that look alike once they are decoded are two names', async () => {
    const make = async (name: string) =>
      (await server.call('POST', '/api/2.0/mlflow/experiments/create', { name })).json.experiment_id;
    const ids = [await make('look alike'), await make('look%20alike'), await make('look%2520alike')];
    expect(new Set(ids).size).toBe(3);
    for (const [at, name] of ['look alike', 'look%20alike', 'look%2520alike'].entries()) {
      const found = await server.call(
        'GET',
        `/api/2.0/mlflow/experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`,
      );
      expect(found.json.experiment.experiment_id).toBe(ids[at]);
    }
  });
});

describe('who may', () => {
  test('2024-4263, 2026-2651, GHSA-46r5 each verb on files needs a permission of its own, parts and models included', async () => {
    const permissions = new Map<string, unknown>();
    const walked = await memoryServer({
      onRoute: ({ method, url, config }) =>
        void permissions.set(`${String(method)} ${url}`, config?.permission),
    });
    await walked.app.close();
    // What a run made and used is a fact of the run; the bytes of it are a file.
    const isFact = (route: string): boolean =>
      /^GET \/api\/artifacts\/(?!.*\/file$)/.test(route.replace('HEAD', 'GET'));
    const files = [...permissions].filter(([route]) => /artifact|\/file/.test(route) && !isFact(route));
    expect(files.length).toBeGreaterThan(30);
    for (const [route, permission] of files) {
      const isPart = route.includes('/mpu/parts/');
      // Sealed files are asked for by version; the use-case asks for the files as well.
      const ofVersion = route.includes('/api/registry/');
      const toRead = ofVersion ? 'registry:read' : 'file:read';
      const needed = isPart ? 'public' : /^(GET|HEAD) /.test(route) ? toRead : 'file:write';
      expect([route, permission]).toEqual([route, needed]);
    }
  });

  test('2026-2651 a part goes only to an upload whose long random id the sender knows', async () => {
    for (const id of ['1', 'a'.repeat(64), '../x', '__proto__', 'constructor']) {
      const answer = await raw(
        'PUT',
        `/api/2.0/mlflow-artifacts/mpu/parts/${encodeURIComponent(id)}/1`,
        {},
        'x',
      );
      expect([id, answer.status]).toEqual([id, 404]);
    }
  });
});
