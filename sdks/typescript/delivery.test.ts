import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { init } from './init.ts';
import { startFlakyProxy, type FlakyProxy } from './testing/flaky-proxy.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';

let server: RunningServer;
let client: Client;
let proxy: FlakyProxy;
let warnings: string[];
const warn = (line: string): void => void warnings.push(line);

beforeAll(async () => {
  server = await startServer();
  client = createClient(server.origin);
}, 30_000);
afterAll(() => server.stop());
beforeEach(async () => {
  warnings = [];
  proxy = await startFlakyProxy(server.origin);
});
afterEach(() => proxy.close());

async function readValues(run: string, metric: string): Promise<unknown[]> {
  return (await client.readPoints({ params: { run }, query: { metric } })).values;
}
const counted = (n: number): number[] => Array.from({ length: n }, (_, at) => at);

test('answers that get lost on the way double nothing', async () => {
  const run = await init({ project: 'flaky', server: proxy.origin, warn });
  let logs = 0;
  proxy.decide = (line) => (line.includes('/log') && (logs += 1) % 3 !== 0 ? 'drop-answer' : 'pass');
  // The same point again and again, on purpose: only the idempotency key tells a repetition from a second log.
  for (const value of counted(25_000)) run.log({ loss: value });
  run.config({ lr: 1 });
  await run.finish();
  expect(await readValues(run.id, 'loss')).toEqual(counted(25_000));
  const sent = proxy.seen.filter((line) => line.includes('/log'));
  expect(sent.length).toBeGreaterThanOrEqual(9);
});

test('a server that is away for a while loses nothing and doubles nothing', async () => {
  const run = await init({ project: 'flaky', server: proxy.origin, warn });
  run.log({ loss: 0 });
  await run.flush();
  proxy.decide = () => 'break';
  for (const value of counted(999)) run.log({ loss: value + 1 });
  const flushed = run.flush();
  while (proxy.seen.length < 6) await new Promise((resolve) => setTimeout(resolve, 20));
  proxy.decide = () => 'pass';
  await flushed;
  await run.finish();
  expect(await readValues(run.id, 'loss')).toEqual(counted(1000));
  expect(warnings).toEqual([
    expect.stringContaining('cannot be reached'),
    expect.stringContaining('answers again'),
  ]);
});

test('a server that is killed and started again in the middle has every point once', async () => {
  const run = await init({ project: 'killed server', server: server.origin, warn });
  for (const value of counted(30_000)) {
    run.log({ loss: value });
    if (value === 15_000) await server.kill('SIGKILL');
    // Lets requests leave while the loop goes on.
    if (value % 1000 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await server.restart();
  await run.finish();
  expect(await readValues(run.id, 'loss')).toEqual(counted(30_000));
}, 30_000);

test('an overloaded server is asked again, a refusal is not', async () => {
  const run = await init({ project: 'flaky', server: proxy.origin, warn });
  const answers = [{ status: 503, headers: { 'retry-after': '0' } }, { status: 429 }, { status: 408 }];
  proxy.decide = (line) => (line.includes('/log') ? (answers.shift() ?? 'pass') : 'pass');
  run.log({ loss: 1 });
  await run.flush();
  expect(await readValues(run.id, 'loss')).toEqual([1]);
  proxy.seen.length = 0;
  proxy.decide = () => ({ status: 403 });
  run.log({ loss: 2 });
  run.log({ acc: 2 });
  await run.flush();
  expect(proxy.seen).toHaveLength(1);
  proxy.decide = () => 'pass';
  await run.finish();
  expect(warnings.at(-1)).toBe('what was logged is not stored: Later, please.');
});

test('a run whose server never comes back ends with a count of what is missing', async () => {
  const run = await init({ project: 'flaky', server: proxy.origin, warn });
  proxy.decide = () => 'break';
  run.log({ loss: 1, acc: 1 });
  await expect(run.flush(100)).rejects.toThrow('did not acknowledge');
  await run.finish('finished', 100);
  expect(warnings.at(-1)).toMatch(/ended without storing 2 logged values/);
});

test('a file that changes before it is sent is given up with a warning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-file-'));
  const from = join(folder, 'model.bin');
  writeFileSync(from, 'one');
  const run = await init({ project: 'flaky', server: proxy.origin, warn });
  proxy.decide = (line) =>
    line.startsWith('PUT') ? { status: 503, headers: { 'retry-after': '0.2' } } : 'pass';
  const stored = run.file('model.bin', { from });
  while (!proxy.seen.some((line) => line.startsWith('PUT')))
    await new Promise((resolve) => setTimeout(resolve, 5));
  writeFileSync(from, 'something longer');
  expect(await stored).toBe(false);
  expect(warnings.at(-1)).toMatch(/file 'model.bin' was not stored/);
  await run.finish();
  rmSync(folder, { recursive: true });
});

test.each([
  ['by itself', 'end', undefined, 'finished', 0],
  ['by SIGTERM', 'wait', 'SIGTERM', 'killed', 'SIGTERM'],
  ['by Ctrl+C', 'wait', 'SIGINT', 'killed', 'SIGINT'],
  ['by an uncaught error', 'error', undefined, 'failed', 1],
] as const)(
  'a program that ends %s has sent everything',
  async (_, ending, signal, status, exit) => {
    const program = fileURLToPath(new URL('testing/logging-program.ts', import.meta.url));
    const child = spawn(process.execPath, [program, server.origin, ending], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'exit');
    let errors = '';
    child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    if (signal) child.kill(signal);
    const [code, endedBy] = (await exited) as [number | null, string | null];
    expect(code ?? endedBy).toBe(exit);
    expect(errors.includes('Error: out of memory, say')).toBe(ending === 'error');
    const run = line.toString().trim().replace('logged ', '');
    expect(await readValues(run, 'loss')).toHaveLength(25);
    expect((await client.getRun({ params: { run } })).status).toBe(status);
  },
  20_000,
);
