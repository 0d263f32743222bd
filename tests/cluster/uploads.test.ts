import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
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

interface Begun {
  readonly upload_id: string;
  readonly credentials: readonly { readonly url: string }[];
}

async function begin(parts: number): Promise<Begun & { readonly folder: string }> {
  const { origin } = cluster.one;
  const run = await createClient(origin).createRun({ body: { project: '0' } });
  const folder = `0/${run.id}/artifacts/models`;
  const { status, json } = await post(origin, `${MPU}/create/${folder}`, { path: NAME, num_parts: parts });
  expect(status).toBe(200);
  return { ...(json as Begun), folder };
}

const partAt = ({ credentials }: Begun, { origin }: { readonly origin: string }, at: number): string =>
  `${origin}${new URL(credentials[at]?.url ?? '').pathname}`;

test('parts that reach two servers by turns, one of them started anew, are one file', async () => {
  const [one, two] = cluster.servers;
  const begun = await begin(4);
  const { upload_id: id, folder } = begun;
  const parts = [0, 1, 2, 3].map((at) => Buffer.alloc(1_000_000, `part ${at} `));
  const etags: string[] = [];
  for (const [at, bytes] of parts.entries()) {
    if (at === 2) await two.restart();
    const server = at % 2 === 0 ? one : two;
    const answer = await fetch(partAt(begun, server, at), { method: 'PUT', body: bytes });
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

test('a server that is killed in the middle of a part leaves nothing of it, and the other takes it anew', async () => {
  const [one, two] = cluster.servers;
  const begun = await begin(2);
  const first = await fetch(partAt(begun, one, 0), { method: 'PUT', body: 'kept, ' });
  const arriving = Promise.withResolvers<void>();
  const half = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(500_000)),
    pull: () => arriving.promise,
  });
  const cut = fetch(partAt(begun, one, 1), { method: 'PUT', body: half, duplex: 'half' }).catch(() => 'cut');
  await expect.poll(() => unfinishedIn(begun)).toBe(1);
  await one.kill('SIGKILL');
  arriving.resolve();
  expect(await cut).toBe('cut');

  const second = await fetch(partAt(begun, two, 1), { method: 'PUT', body: 'and whole' });
  const etags = [first, second].map(({ headers }) => headers.get('etag') ?? '');
  const parts = etags.map((etag, at) => ({ part_number: at + 1, etag }));
  const ask = { path: NAME, upload_id: begun.upload_id, parts };
  expect((await post(two.origin, `${MPU}/complete/${begun.folder}`, ask)).status).toBe(200);
  expect(unfinishedIn(begun)).toBe(0);
  await one.restart();
  const file = `${one.origin}/api/2.0/mlflow-artifacts/artifacts/${begun.folder}/${NAME}`;
  expect(await (await fetch(file)).text()).toBe('kept, and whole');
});

test('a completion by one server beside an abort by the other is decided once', async () => {
  const [one, two] = cluster.servers;
  for (let round = 0; round < 10; round += 1) {
    const begun = await begin(1);
    const part = await fetch(partAt(begun, one, 0), { method: 'PUT', body: `round ${round}` });
    const parts = [{ part_number: 1, etag: part.headers.get('etag') ?? '' }];
    const ask = { path: NAME, upload_id: begun.upload_id, parts };
    const [completed] = await Promise.all([
      post(one.origin, `${MPU}/complete/${begun.folder}`, ask),
      post(two.origin, `${MPU}/abort/${begun.folder}`, ask),
    ]);
    expect(completed.status).toBeOneOf([200, 404]);
    for (const { origin } of [one, two]) {
      const file = await fetch(`${origin}/api/2.0/mlflow-artifacts/artifacts/${begun.folder}/${NAME}`);
      expect(file.status).toBe(completed.status);
      await file.body?.cancel();
    }
  }
});

/** Files that are being written, or were. */
function unfinishedIn({ upload_id: id }: Begun): number {
  const names = readdirSync(join(cluster.one.dataDir, 'uploads', id));
  return names.filter((name) => !/^(part|settled)-|^open\.json$/.test(name)).length;
}
