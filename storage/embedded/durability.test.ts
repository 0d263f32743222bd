import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runIdOf } from '#storage/conformance/sample-changes.ts';
import { openSqliteStore } from './embedded-store.ts';

const PROGRAM = join(import.meta.dirname, 'testing', 'committing-program.ts');
const SERIES = { owner: { kind: 'run', run: runIdOf(1) }, metric: 'loss' } as const;
const FATAL_EXIT = 70;
const SLOW = { timeout: 60_000 };
const hasStrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

test('an fsync comes before each acknowledgement', SLOW, async ({ skip }) => {
  if (!hasStrace) skip('strace is not installed or may not trace');
  const folder = await freshFolder();
  const log = join(folder, 'trace');
  const traced = ['-f', '-e', 'trace=fsync,fdatasync,write', '-o', log];
  const result = spawnSync('strace', [...traced, process.execPath, PROGRAM, join(folder, 'data'), '20']);
  expect(result.status).toBe(0);
  const calls = (await readFile(log, 'utf8')).split('\n');
  const acknowledged = calls.flatMap((line, i) => (line.includes('write(1, "ack') ? [i] : []));
  expect(acknowledged).toHaveLength(20);
  let from = calls.findIndex((line) => line.includes('write(1, "ready'));
  for (const at of acknowledged) {
    const between = calls.slice(from, at);
    expect(between.some((line) => /f(data)?sync\(\d+\)\s+= 0|f(data)?sync resumed>.*= 0/.test(line))).toBe(
      true,
    );
    from = at;
  }
});

test(
  'a full disk refuses, changes nothing, and the store goes on when there is room again',
  SLOW,
  async ({ skip }) => {
    if (!hasStrace) skip('strace is not installed or may not trace');
    const folder = await freshFolder();
    const directory = join(folder, 'data');
    spawnSync(process.execPath, [PROGRAM, directory, '0']);
    const full = ['-f', '-o', '/dev/null', '-e', 'inject=pwrite64:error=ENOSPC:when=60..75'];
    const result = spawnSync('strace', [...full, process.execPath, PROGRAM, directory, '40']);
    const lines = String(result.stdout).trim().split('\n').slice(1);
    expect([result.status, lines.length]).toEqual([0, 40]);
    const acknowledged = numbers(lines, 'ack');
    const refused = numbers(lines, 'unavailable');
    expect(refused.length).toBeGreaterThan(0);
    expect(acknowledged.length + refused.length).toBe(40);
    expect(lines.at(-1)).toBe('ack 39');
    expect(await stepsOf(directory)).toEqual(acknowledged);
  },
);

test('a failed fsync ends it: nothing is acknowledged after it', SLOW, async ({ skip }) => {
  if (!hasStrace) skip('strace is not installed or may not trace');
  const folder = await freshFolder();
  const directory = join(folder, 'data');
  const broken = ['-f', '-o', '/dev/null', '-e', 'inject=fsync,fdatasync:error=EIO:when=50'];
  const result = spawnSync('strace', [...broken, process.execPath, PROGRAM, directory, '40']);
  const lines = String(result.stdout).trim().split('\n');
  expect(result.status).toBe(FATAL_EXIT);
  const end = lines.indexOf('fatal');
  expect(end).toBeGreaterThan(0);
  expect(lines.slice(end + 1).every((line) => line.startsWith('internal'))).toBe(true);
  const acknowledged = numbers(lines, 'ack');
  // The start has fsyncs of its own: it is past them.
  expect(acknowledged.length).toBeGreaterThan(0);
  const stored = await stepsOf(directory);
  expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged);
  expect(stored.length).toBeLessThanOrEqual(acknowledged.length + 1);
});

test('a kill loses nothing that was acknowledged and doubles nothing', SLOW, async () => {
  const folder = await freshFolder();
  const directory = join(folder, 'data');
  const child = spawn(process.execPath, [PROGRAM, directory, '1000000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8');
  for await (const part of child.stdout as AsyncIterable<string>) {
    output += part;
    if (output.includes('ack 200\n')) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const acknowledged = numbers(output.split('\n').slice(0, -1), 'ack');
  const stored = await stepsOf(directory);
  expect(acknowledged.length).toBeGreaterThan(200);
  expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged);
  expect(stored).toEqual(Array.from(stored, (_, i) => i));
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-durability-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function numbers(lines: readonly string[], word: string): readonly number[] {
  return lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.split(' ')[1]));
}

/** The steps that a new process finds, which must agree with the tag that came in the same commits. */
async function stepsOf(directory: string): Promise<readonly number[]> {
  const store = await openSqliteStore({ directory, onFatal: () => undefined });
  const { steps } = await store.series.read(SERIES);
  const last = (await store.catalog.run(runIdOf(1)))?.tags.get('last');
  await store.close();
  expect(last).toBe(String(steps.at(-1)));
  return [...steps];
}
