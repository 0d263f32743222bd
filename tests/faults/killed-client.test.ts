import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { startedServer } from './places.ts';
import { bugsOf, postJson } from './writing.ts';

const PROGRAM = join(import.meta.dirname, 'logging-program.ts');

test('9 a client killed in mid-stream: what it delivered is kept, the run shows since when it is quiet, and is resumed', async () => {
  const server = await startedServer();
  const child = spawn(process.execPath, [PROGRAM, server.origin], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await expect.poll(() => lastIn(said), { timeout: 20_000 }).toBeGreaterThan(50);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));

  const client = createClient(server.origin);
  const run = /^run (\w+)$/m.exec(said)?.[1] ?? '';
  const read = () => client.readPoints({ params: { run }, query: { metric: 'loss' } });
  const { steps, values } = await read();
  const delivered = lastIn(said) + 1;
  expect(steps.length).toBeGreaterThanOrEqual(delivered);
  expect(steps).toEqual(Array.from(steps, (_, at) => at));
  expect(values).toEqual(Array.from(values, (_, at) => 1 / (at + 1)));

  // Nothing is invented: nobody knows whether it will come back.
  const quiet = await client.getRun({ params: { run } });
  expect(quiet).toMatchObject({ status: 'running' });
  expect(quiet).not.toHaveProperty('endedAt');
  expect(quiet.changedAt).toBeGreaterThanOrEqual(quiet.startedAt);

  const next = { key: 'loss', value: 1 / (steps.length + 1), timestamp: Date.now(), step: steps.length };
  const resumed = { run_id: run, metrics: [next] };
  expect((await postJson(`${server.origin}/api/2.0/mlflow/runs/log-batch`, resumed)).status).toBe(200);
  await client.updateRun({ params: { run }, body: { status: 'finished' } });
  expect((await read()).steps).toEqual([...steps, steps.length]);
  const ended = await client.getRun({ params: { run } });
  expect(ended).toMatchObject({ status: 'finished', endedAt: expect.any(Number) });
  expect(bugsOf(server)).toEqual([]);
});

/** The last step that it said was delivered, -1 before any. */
function lastIn(said: string): number {
  return Number(
    said
      .match(/^delivered (\d+)$/gm)
      ?.at(-1)
      ?.slice('delivered '.length) ?? -1,
  );
}
