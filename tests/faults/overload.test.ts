import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { pythonFor, runPython } from '../python.ts';
import { RawSender } from '../security/raw-sender.ts';
import { freshFolder, startedServer } from './places.ts';
import { bugsOf, memoryMib, writing } from './writing.ts';

// Back-pressure: what waits is bounded by bytes, more is refused with a time to come again in the words that each client
// retries, and neither memory nor what was acknowledged suffers.

const LIMITS = ['--body-limit-mib', '4', '--bodies-limit-mib', '8'];
const TIGHT = ['--body-limit-mib', '1', '--bodies-limit-mib', '0.5'];
const SENDERS = 400;
const OVERLOAD_MS = 5000;
const SCRIPT = join(import.meta.dirname, 'scripts', 'log_through_overload.py');

/** A batch of so many tags, each of which is 64 kB. */
function large(run: string, count: number): string {
  const tags = Array.from({ length: count }, (_, at) => ({ key: `big_${at}`, value: 'x'.repeat(64_000) }));
  return JSON.stringify({ run_id: run, tags });
}

test('a server that is given more than it can hold refuses before memory grows and stores what it acknowledged', async () => {
  const server = await startedServer({ args: LIMITS });
  const client = createClient(server.origin);
  const { id } = await client.createRun({ body: { project: '0' } });
  const work = await writing(server);
  const sender = new RawSender(server.origin, SENDERS);
  const body = large(id, 56);
  const headers = { 'content-type': 'application/json' };
  const before = memoryMib(server.pid);
  let peak = before;
  const watching = setInterval(() => (peak = Math.max(peak, memoryMib(server.pid))), 50);
  onTestFinished(() => clearInterval(watching));
  const writes = work.writeFor(3000);
  const paths = ['/api/2.0/mlflow/runs/log-batch', `/api/runs/${id}/log`];
  const answers = await Promise.all(
    Array.from({ length: SENDERS }, (_, at) =>
      sender.send({ method: 'POST', path: paths[at % 2] ?? '', body, headers }),
    ),
  );
  const acknowledged = await writes;
  clearInterval(watching);
  sender.close();
  const refused = answers.filter(({ status }) => status === 503);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
  // How many depends on how quickly the machine drains them; that memory stayed within its bound does not.
  expect(refused.length).toBeGreaterThan(SENDERS / 10);
  for (const { headers: said, text } of refused) {
    expect(Number(said['retry-after'])).toBeGreaterThan(0);
    const json = JSON.parse(text);
    expect(json.error_code ?? json.error.code).toMatch(/^(TEMPORARILY_UNAVAILABLE|unavailable)$/);
  }
  expect(acknowledged).toBeGreaterThan(0);
  await work.judge();
  // Without the limit it grows by half a gigabyte and all are taken.
  expect(peak - before).toBeLessThan(400);
  expect(bugsOf(server)).toEqual([]);
  console.log(
    `${refused.length} of ${answers.length} refused; memory grew by ${(peak - before).toFixed(0)} MiB`,
  );
});

test.skipIf(pythonFor('mlflow2') === undefined)(
  'a real MLflow client completes through an overload by its own retries',
  async () => {
    const server = await startedServer({ args: TIGHT });
    const client = createClient(server.origin);
    const { id } = await client.createRun({ body: { project: '0' } });
    const sender = new RawSender(server.origin, SENDERS);
    const body = large(id, 2);
    const headers = { 'content-type': 'application/json' };
    const refusedFile = join(freshFolder(), 'refused');
    const over = new AbortController();
    // No overload is endless, and urllib3 retries seven times only: it ends some time after the client met it.
    const ending = setInterval(() => {
      if (!existsSync(refusedFile)) return;
      clearInterval(ending);
      setTimeout(() => over.abort(), OVERLOAD_MS);
    }, 20);
    onTestFinished(() => clearInterval(ending));
    let refused = 0;
    const flooding = Promise.all(
      Array.from({ length: 40 }, async () => {
        while (!over.signal.aborted) {
          const { status } = await sender.send({
            method: 'POST',
            path: '/api/2.0/mlflow/runs/log-batch',
            body,
            headers,
          });
          if (status !== 503) continue;
          refused += 1;
          // Sooner than it was told to, and still not at once: who never waits is none of the clients there are.
          await sleep(300);
        }
      }),
    );
    const result = await runPython('mlflow2', SCRIPT, {
      MLFLOW_TRACKING_URI: server.origin,
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '1',
      REFUSED_FILE: refusedFile,
    });
    over.abort();
    await flooding;
    sender.close();
    const stderr = result.code === 0 ? '' : result.stderr;
    expect({ ...result, stderr }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^retried \d+\n$/m),
      stderr: '',
    });
    expect(refused).toBeGreaterThan(0);
    const retried = Number(/^retried (\d+)/m.exec(result.stdout)?.[1]);
    expect(retried).toBeGreaterThan(0);
    console.log(`the client was refused ${retried} times and completed`);
  },
);
