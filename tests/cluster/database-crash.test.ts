import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClients } from '../crash/make-clients.ts';
import { together } from '../crash/oracle.ts';
import { readBack } from '../crash/read-back.ts';
import { startCluster, type Cluster } from './cluster.ts';

const CRASHES = 3;
const CLIENTS = 6;
const PATIENT = { timeout: 60_000 };

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

test(`${CRASHES} crashes of the database under load lose and double nothing, and both servers come back by themselves`, async () => {
  const { postgres, servers, proxy } = cluster;
  const pids = servers.map(({ pid }) => pid);
  const clients = await makeClients(proxy.origin, CLIENTS);
  expect(await readiness()).toEqual([200, 200]);
  for (const client of clients.all) client.start(proxy.origin, 'retries');
  for (let crash = 0; crash < CRASHES; crash += 1) {
    await sleep(1000);
    await postgres.stop('immediate');
    expect(await readiness()).toEqual([503, 503]);
    expect((await fetch(`${cluster.one.origin}/health`)).status).toBe(200);
    await postgres.restart();
    await expect.poll(readiness, PATIENT).toEqual([200, 200]);
    const before = acknowledged();
    await expect.poll(() => acknowledged() - before, PATIENT).toBeGreaterThan(CLIENTS);
  }
  await Promise.all(clients.all.map((client) => client.stop()));
  const verdicts = await Promise.all(
    clients.all.flatMap((client) => servers.map(({ origin }) => readBack(origin, client))),
  );
  const { lost, doubled, wrong } = together(verdicts);
  expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
  // The very processes that met the crashes.
  expect(servers.map(({ pid, exitCode }) => ({ pid, exitCode }))).toEqual(
    pids.map((pid) => ({ pid, exitCode: null })),
  );
  clients.discard();

  function acknowledged(): number {
    return clients.all.reduce((sum, { log }) => sum + log.acked.size, 0);
  }
});

async function readiness(): Promise<readonly number[]> {
  return Promise.all(
    cluster.servers.map(async ({ origin }) => {
      const answer = await fetch(`${origin}/ready`);
      await answer.text();
      return answer.status;
    }),
  );
}
