import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pythonFor, runPython } from '../python.ts';
import { startCluster, type Cluster } from './cluster.ts';

// Row 29: a transaction that the database gives up is refused with 503, and is not tried again by the server: that the
// clients do it by themselves is shown here.

const CLIENT = 'mlflow3';
const SCRIPT = join(import.meta.dirname, '..', 'faults', 'scripts', 'log_through_overload.py');
const DEADLOCK = '40P01';
/** Fewer than a client tries again: all of them may meet one request. */
const DEADLOCKS = 2;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

test.skipIf(pythonFor(CLIENT) === undefined)(
  '29 a real MLflow client whose writes end in deadlocks completes by its own retries',
  async () => {
    const over = new AbortController();
    const script = runPython(CLIENT, SCRIPT, {
      MLFLOW_TRACKING_URI: cluster.one.origin,
      MLFLOW_DISABLE_TELEMETRY: 'true',
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '1',
    }).finally(() => over.abort());
    const other = new Client({ connectionString: cluster.databaseUrl });
    await other.connect();
    let refused = 0;
    while (!over.signal.aborted && refused < DEADLOCKS) if (await crosses(other, over.signal)) refused += 1;
    await other.end();
    const result = await script;
    expect(result, `it ended with:\n${result.stderr.slice(-4000)}`).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^retried \d+$/m),
    });
    const retried = Number(/^retried (\d+)/m.exec(result.stdout)?.[1]);
    expect(refused).toBeGreaterThan(0);
    expect(retried).toBeGreaterThan(0);
    console.log(`${refused} deadlocks, the client was refused ${retried} times and completed`);
  },
);

/** Holds what the server's transaction wants and wants what it holds; resolves with whether the server's was given up. */
async function crosses(other: Client, over: AbortSignal): Promise<boolean> {
  await other.query('BEGIN');
  try {
    await other.query('SELECT * FROM commit_log_end FOR UPDATE');
    while (!(await isWaiting())) {
      if (over.aborted) return false;
      await sleep(10);
    }
    await other.query('SELECT * FROM store_writer FOR UPDATE');
    return true;
  } catch (error) {
    // Whose patience ends first is the one that is given up: this time it was the other.
    if (error instanceof DatabaseError && error.code === DEADLOCK) return false;
    throw error;
  } finally {
    await other.query('ROLLBACK');
    await sleep(500);
  }
}

async function isWaiting(): Promise<boolean> {
  const waiting = await cluster.postgres.query(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'cairn' AND wait_event_type = 'Lock'",
  );
  return waiting.length > 0;
}
