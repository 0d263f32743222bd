import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { startCluster, type Cluster } from './cluster.ts';

const MPU = '/api/2.0/mlflow-artifacts/mpu';
const NAME = 'big.bin';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

async function post(origin: string, path: string, body: object): Promise<{ status: number; json: never }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, json: (await answer.json()) as never };
}

test('parts that reach two servers by turns, one of them started anew, are one file', async () => {
  const [one, two] = cluster.servers;
  const run = await createClient(one.origin).createRun({ body: { project: '0' } });
  const folder = `0/${run.id}/artifacts/models`;
  const begun = await post(one.origin, `${MPU}/create/${folder}`, { path: NAME, num_parts: 4 });
  expect(begun.status).toBe(200);
  const { upload_id: id, credentials } = begun.json as { upload_id: string; credentials: { url: string }[] };

  const parts = [0, 1, 2, 3].map((at) => Buffer.alloc(1_000_000, `part ${at} `));
  const etags: string[] = [];
  for (const [at, bytes] of parts.entries()) {
    if (at === 2) await two.restart();
    const { pathname } = new URL(credentials[at]?.url ?? '');
    const server = at % 2 === 0 ? one : two;
    const answer = await fetch(`${server.origin}${pathname}`, { method: 'PUT', body: bytes });
    expect(answer.status).toBe(200);
    etags.push(answer.headers.get('etag') ?? '');
  }
  const named = etags.map((etag, at) => ({ part_number: at + 1, etag, url: null }));
  const ask = { path: NAME, upload_id: id, parts: named };
  // Both are asked at once, as by a client whose patience with the first was short.
  const done = await Promise.all(
    [two, one].map(({ origin }) => post(origin, `${MPU}/complete/${folder}`, ask)),
  );
  expect(done.map(({ status }) => status)).toEqual([200, 200]);
  for (const { origin } of [one, two]) {
    const answer = await fetch(`${origin}/api/2.0/mlflow-artifacts/artifacts/${folder}/${NAME}`);
    const digest = createHash('sha256').update(new Uint8Array(await answer.arrayBuffer()));
    expect(digest.digest('hex')).toBe(createHash('sha256').update(Buffer.concat(parts)).digest('hex'));
  }
});
