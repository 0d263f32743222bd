import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
}, 30_000);
afterAll(() => server.stop());

test('the demo leaves finished runs, one of them diverged, and a model in production whose figure was measured', async () => {
  const program = join(import.meta.dirname, 'main.ts');
  const words = [program, '--server', server.origin, '--epoch-ms', '0', '--tick-ms', '0', '--ticks', '40'];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  expect(stdout).toContain('Training 15 models');

  const client = createClient(server.origin);
  const { projects } = await client.listProjects({});
  const project = projects.find(({ name }) => name === 'demo digits');
  expect(project?.objective).toMatchObject({ metric: 'val/acc', direction: 'max', origin: 'declared' });
  const { runs } = await client.searchRuns({ body: { projects: [project?.id ?? ''] } });
  expect(runs.map(({ status }) => status).toSorted()).toEqual(['failed', ...Array(14).fill('finished')]);

  const best = runs.find(({ name }) => name === 'lr 0.5 · wd 0.0001');
  expect(best?.metrics.find(({ key }) => key === 'val/acc')?.max?.value).toBeGreaterThan(0.93);
  const { values } = await client.readPoints({
    params: { run: best?.id ?? '' },
    query: { metric: 'train/loss' },
  });
  expect(values).toHaveLength(30 * Math.ceil(1442 / 32));
  const { entries } = await client.listRunFiles({ params: { run: best?.id ?? '' } });
  expect(entries.map(({ path }) => path)).toEqual(['model', 'confusion.json', 'weights.png']);
  const diverged = runs.find(({ status }) => status === 'failed');
  expect(diverged?.metrics.find(({ key }) => key === 'train/loss')?.last.value).toBe('NaN');

  const { versions } = await client.getRegisteredModel({ params: { model: 'digits' } });
  expect(versions.map(({ number }) => number)).toEqual([2, 1]);
  const served = await client.getModelVersion({ params: { model: 'digits', version: '@production' } });
  expect(served.signature?.inputs).toMatchObject([{ type: 'tensor float64', shape: [-1, 64] }]);
  expect(served.data.map(({ name }) => name)).toEqual(['digits train', 'digits held out']);
  expect(served.deployments).toMatchObject([{ environment: 'production', endedAt: expect.any(Number) }]);
  const { evaluations } = await client.listEvaluations({
    params: { model: 'digits', version: '@production' },
    query: { metric: 'val/acc', environment: 'production' },
  });
  expect(evaluations).toHaveLength(40);
  // Worn digits are harder: what was measured last is below what was measured first.
  expect(evaluations[0]?.value).toBeLessThan(evaluations.at(-1)?.value ?? 0);
  expect(served.prod?.value).toBe(evaluations[0]?.value);
}, 120_000);
