import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClients } from '../crash/make-clients.ts';
import { together } from '../crash/oracle.ts';
import { readBack } from '../crash/read-back.ts';
import type { WritingClient } from '../crash/writing-client.ts';
import { startCluster, type Cluster } from './cluster.ts';

// Row 4 of the faults: a server that stands still within a transaction, holding the lock of the commit log, for longer
// than the database lets a silent transaction stand (15 s), while another one is written to.

const PATIENT = { timeout: 60_000 };

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

test('4 a server paused within a transaction holds up the other for seconds, and commits nothing on what it knew', async () => {
  const { one: paused, other, postgres, databaseUrl } = cluster;
  const { pid } = paused;
  const clients = await makeClients(other.origin, 6);
  const [theirs, ours] = [clients.all.slice(0, 3), clients.all.slice(3)];

  // Its transaction waits for the lock; by the time that it has it, nobody is there to go on.
  const holder = new Client({ connectionString: databaseUrl });
  await holder.connect();
  await holder.query('BEGIN; SELECT * FROM commit_log_end FOR UPDATE');
  for (const client of theirs) client.start(paused.origin, 'retries');
  const contested = createProject(paused.origin, 'contested');
  await expect.poll(() => writersThat("wait_event_type = 'Lock'"), PATIENT).toBe(1);
  process.kill(pid, 'SIGSTOP');
  await holder.query('ROLLBACK');
  await holder.end();
  await expect.poll(() => writersThat("state = 'idle in transaction'"), PATIENT).toBe(1);

  for (const client of ours) client.start(other.origin, 'retries');
  const before = acknowledged(ours);
  await expect.poll(() => acknowledged(ours) - before, PATIENT).toBeGreaterThan(30);
  expect(await writersThat("state = 'idle in transaction' AND wait_event = 'ClientRead'")).toBe(0);
  expect(await createProject(other.origin, 'contested')).toBe(200);

  const atPause = acknowledged(theirs);
  process.kill(pid, 'SIGCONT');
  // The transaction in which it was free is gone; asked anew it is taken.
  expect(await contested).toBeOneOf([400, 503]);
  expect(await createProject(paused.origin, 'contested')).toBe(400);
  await expect.poll(() => acknowledged(theirs) - atPause, PATIENT).toBeGreaterThan(30);
  await Promise.all(clients.all.map((client) => client.stop()));
  const verdicts = await Promise.all(
    clients.all.flatMap((client) => [paused, other].map(({ origin }) => readBack(origin, client))),
  );
  const { lost, doubled, wrong } = together(verdicts);
  expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
  // The very process, without a restart.
  expect([paused.pid, paused.exitCode]).toEqual([pid, null]);
  clients.discard();

  async function writersThat(which: string): Promise<number> {
    const sql = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'cairn' AND ${which}`;
    return Number((await postgres.query(sql))[0]?.['n']);
  }
});

function acknowledged(clients: readonly WritingClient[]): number {
  return clients.reduce((sum, { log }) => sum + log.acked.size, 0);
}

async function createProject(origin: string, name: string): Promise<number> {
  const answer = await fetch(`${origin}/api/2.0/mlflow/experiments/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  await answer.body?.cancel();
  return answer.status;
}
