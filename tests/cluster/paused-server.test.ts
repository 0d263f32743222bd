import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
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
  await expect.poll(waiting, PATIENT).toHaveLength(1);
  const [backend = 0] = await waiting();
  process.kill(pid, 'SIGSTOP');
  onTestFinished(() => void process.kill(pid, 'SIGCONT'));
  await holder.query('ROLLBACK');
  await holder.end();
  await expect.poll(() => stateOf(backend), PATIENT).toBe('idle in transaction');

  for (const client of ours) client.start(other.origin, 'retries');
  const before = acknowledged(ours);
  await expect.poll(() => acknowledged(ours) - before, PATIENT).toBeGreaterThan(30);
  expect(await stateOf(backend)).toBeUndefined();
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

  async function waiting(): Promise<readonly number[]> {
    const rows = await postgres.query(
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'cairn' AND wait_event_type = 'Lock'",
    );
    return rows.map((row) => Number(row['pid']));
  }

  /** Undefined: the database ended it. */
  async function stateOf(of: number): Promise<unknown> {
    const rows = await postgres.query(`SELECT state FROM pg_stat_activity WHERE pid = ${of}`);
    return rows[0]?.['state'];
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
