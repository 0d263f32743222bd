import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pythonFor, runPython } from '../python.ts';
import { startCluster, type Cluster } from './cluster.ts';

// An unmodified client before a proxy that gives each request to the other server in turn.

const CLIENT = 'mlflow3';
const isMissing = pythonFor(CLIENT) === undefined;
const STEPS_BETWEEN = 20;
const MIB = 1024 * 1024;
const PATIENT = { timeout: 120_000 };

const folder = mkdtempSync(join(tmpdir(), 'cairn-steady-'));
let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test.skipIf(isMissing)(
  'a script that logs while both servers are restarted in turn notices nothing',
  async () => {
    const script = runScript('steady_logging.py', [folder]);
    let hasEnded = false;
    void script.then(() => (hasEnded = true));
    // A script that ended early failed: what it said is judged below, without waiting for its steps.
    const progress = (): number => (hasEnded ? Infinity : steps());
    await expect.poll(progress, PATIENT).toBeGreaterThan(STEPS_BETWEEN);
    for (const server of [cluster.one, cluster.other, cluster.one]) {
      await server.kill('SIGTERM');
      const before = progress();
      await expect.poll(progress, PATIENT).toBeGreaterThanOrEqual(before + STEPS_BETWEEN);
      await server.restart();
      await expect.poll(progress, PATIENT).toBeGreaterThanOrEqual(before + 2 * STEPS_BETWEEN);
    }
    writeFileSync(join(folder, 'enough'), '');
    const { code, stdout, stderr } = await script;
    expect(code, `${stdout}\n${stderr.slice(-4000)}`).toBe(0);
    console.log(
      `${stdout.trimEnd().split('\n').at(-1)}, ${cluster.proxy.unanswered} requests went unanswered and were sent again`,
    );
  },
);

test.skipIf(isMissing)(
  'a file of more than 100 MB goes up in parts to both servers by turns and comes back the same',
  async () => {
    const began = performance.now();
    const { code, stdout, stderr } = await runScript('large_file.py', [], {
      MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: 'true',
      MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE: String(100 * MIB),
      MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE: String(8 * MIB),
      LARGE_BYTES: String(110 * MIB + 1),
    });
    expect(code, `it ended with ${code}:\n${stderr.slice(-4000)}`).toBe(0);
    const { parts } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { readonly parts: number };
    expect(parts).toBe(14);
    console.log(`110 MiB in ${parts} parts, up and down in ${Math.round(performance.now() - began)} ms`);
  },
);

function steps(): number {
  try {
    return Number(readFileSync(join(folder, 'steps'), 'utf8'));
  } catch {
    return 0;
  }
}

function runScript(name: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const script = join(import.meta.dirname, 'scripts', name);
  const env = { MLFLOW_TRACKING_URI: cluster.proxy.origin, MLFLOW_DISABLE_TELEMETRY: 'true', ...more };
  return runPython(CLIENT, script, env, args);
}
