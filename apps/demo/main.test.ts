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

test('the demo leaves twelve finished runs with curves, files and an objective, one of them diverged', async () => {
  const program = join(import.meta.dirname, 'main.ts');
  const words = [program, '--server', server.origin, '--epoch-ms', '0'];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  expect(stdout.trimEnd().split('\n')).toHaveLength(13);

  const client = createClient(server.origin);
  const { projects } = await client.listProjects({});
  const project = projects.find(({ name }) => name === 'demo digits');
  expect(project?.objective).toMatchObject({ metric: 'val/acc', direction: 'max', origin: 'declared' });
  const { runs } = await client.searchRuns({ body: { projects: [project?.id ?? ''] } });
  expect(runs.map(({ status }) => status).toSorted()).toEqual(['failed', ...Array(11).fill('finished')]);

  const best = runs.find(({ name }) => name === 'lr 0.5 · wd 0.0001');
  expect(best?.metrics.find(({ key }) => key === 'val/acc')?.max?.value).toBeGreaterThan(0.93);
  const { values } = await client.readPoints({
    params: { run: best?.id ?? '' },
    query: { metric: 'train/loss' },
  });
  expect(values).toHaveLength(30 * Math.ceil(1442 / 32));
  const { entries } = await client.listRunFiles({ params: { run: best?.id ?? '' } });
  expect(entries.map(({ path }) => path)).toEqual(['model', 'confusion.json', 'report.txt', 'weights.png']);
  const diverged = runs.find(({ status }) => status === 'failed');
  expect(diverged?.metrics.find(({ key }) => key === 'train/loss')?.last.value).toBe('NaN');
}, 60_000);
