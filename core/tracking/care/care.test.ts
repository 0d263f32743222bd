import { expect, test } from 'vitest';
import { randomIdentities } from '#apps/server/identities.ts';
import { DEFAULT_PROJECT, runId } from '#core/domain/ids.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import { putFile } from '../files/put-file.ts';
import { createProject } from '../projects/create-project.ts';
import { deleteProject } from '../projects/change-project.ts';
import { purgeProject } from '../projects/purge-project.ts';
import { deleteRun } from '../runs/delete-run.ts';
import { logBatch } from '../runs/log-batch.ts';
import { purgeRun } from '../runs/purge-run.ts';
import { startRun } from '../runs/start-run.ts';
import { collectGarbage } from './collect-garbage.ts';
import { forgetReceipts } from './forget-receipts.ts';

const GRACE = 1000;
const run = runId('a'.repeat(32));
const owner = { kind: 'run', run } as const;

test('bytes of a purged run go after two grace periods, unless they are stored again', async () => {
  const { ports, at } = world();
  await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native', id: run });
  const gone = await put(ports, 'gone');
  const kept = await put(ports, 'kept');
  await deleteRun(ports, LOCAL_OWNER, { run });
  await purgeRun(ports, LOCAL_OWNER, { run });
  const collect = (later: number) => {
    at.now = Date.now() + later;
    return collectGarbage(ports, { graceMs: GRACE });
  };
  expect(await collect(0)).toEqual({ removed: 0, unnamed: 2 });
  expect(await collect(GRACE / 2)).toEqual({ removed: 0, unnamed: 2 });
  await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native', id: run });
  expect(await put(ports, 'kept')).toBe(kept);
  expect(await collect(60_000)).toEqual({ removed: 1, unnamed: 0 });
  expect([await ports.blobs.has(gone), await ports.blobs.has(kept)]).toEqual([false, true]);
});

test('an upload that has stored its bytes and not yet named them keeps them', async () => {
  const { ports, at } = world();
  const { digest } = await ports.blobs.put(bytes('late'));
  at.now = Date.now() - 10 * GRACE;
  await collectGarbage(ports, { graceMs: GRACE });
  // Condemned long ago, stored again just now, named in a moment.
  await ports.blobs.put(bytes('late'));
  at.now = Date.now();
  expect(await collectGarbage(ports, { graceMs: GRACE })).toMatchObject({ removed: 0 });
  expect(await ports.blobs.has(digest)).toBe(true);
});

test('a project goes for good in many commits, and refuses half-way once it is restored', async () => {
  const { ports, ids } = world();
  const { id: project } = await createProject(ports, LOCAL_OWNER, {
    workspace: 'default' as never,
    name: 'p',
  });
  for (let i = 0; i < 45; i += 1) {
    ids.run = runId(i.toString(16).padStart(32, '0'));
    await startRun(ports, LOCAL_OWNER, { project, wire: 'native' });
  }
  await expect(purgeProject(ports, LOCAL_OWNER, { project })).rejects.toMatchObject({ code: 'invalid' });
  await deleteProject(ports, LOCAL_OWNER, { project });
  const before = ports.feed.latest();
  await purgeProject(ports, LOCAL_OWNER, { project });
  expect(await ports.catalog.project(project)).toBeUndefined();
  expect(await ports.catalog.runs([project], 'all')).toEqual([]);
  expect(ports.feed.latest() - before).toBe(4);
});

test('idempotency keys are kept for their life, and no key is too long to keep', async () => {
  const { ports, at } = world();
  await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native', id: run });
  const log = (idempotencyKey: string) => logBatch(ports, LOCAL_OWNER, { run, idempotencyKey });
  await log('k');
  at.now += 500;
  await forgetReceipts(ports, { lifeMs: 1000 });
  expect((await log('k')).isRepeat).toBe(true);
  at.now += 501;
  await forgetReceipts(ports, { lifeMs: 1000 });
  expect((await log('k')).isRepeat).toBe(false);
  await expect(log('k'.repeat(201))).rejects.toMatchObject({ code: 'invalid' });
});

function world() {
  const at = { now: Date.now() };
  const ids = { run };
  const ports = {
    ...memoryStore(),
    clock: { now: () => at.now },
    ids: { ...randomIdentities, runId: () => ids.run },
  };
  return { ports, at, ids };
}

async function put(ports: ReturnType<typeof world>['ports'], text: string): Promise<BlobDigest> {
  const { digest } = await ports.blobs.put(bytes(text));
  await putFile(ports, LOCAL_OWNER, { owner, path: text, bytes: bytes(text) });
  return digest;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
