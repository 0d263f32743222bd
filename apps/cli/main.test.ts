import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunJson } from '#core/contract/schemas.ts';
import { init } from '#sdks/typescript/init.ts';
import type { Run } from '#sdks/typescript/run.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { runCairn } from './testing/run-cairn.ts';

let server: RunningServer;
let live: Run;

/** Runs the CLI against the test's server, unless the variables say otherwise. */
function cairn(words: string[], variables: Record<string, string> = {}) {
  return runCairn(words, { CAIRN_SERVER: server.origin, ...variables });
}

beforeAll(async () => {
  server = await startServer();
  const objective = { metric: 'val/acc', direction: 'max' } as const;
  for (const [name, lr, acc] of [
    ['slow', 0.01, 0.81],
    ['fast', 0.1, 0.935],
    ['较大的学习率', 10, Number.NaN],
  ] as const) {
    const run = await init({
      project: 'vision/digits',
      name,
      server: server.origin,
      config: { lr, model: 'cnn' },
      objective,
    });
    run.log({ 'val/acc': acc / 2 });
    run.log({ 'val/acc': acc, loss: 1 - acc });
    await run.finish(Number.isNaN(acc) ? 'failed' : 'finished');
  }
  live = await init({ project: 'other', name: 'live \u001b[31mred', server: server.origin });
  live.log({ loss: 0.5 });
  await live.flush();
}, 30_000);
afterAll(async () => {
  await live.finish();
  await server.stop();
});

test('runs of a project are a table with the objective and the params that differ', async () => {
  const { code, out } = await cairn([
    'runs',
    '--project',
    'vision/digits',
    '--sort',
    'attributes.start_time ASC',
  ]);
  expect(code).toBe(0);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^ *# {2}NAME +STATUS +max val\/acc +AGE +PARAMS$/);
  expect(lines.find((line) => line.includes('fast'))).toMatch(
    /^2 {2}fast +finished +0\.935 +\d+ s {2}lr=0\.1$/,
  );
  expect(lines).toHaveLength(4);
});

test('runs of all projects name theirs, and a name cannot command the terminal', async () => {
  const { out } = await cairn(['runs']);
  expect(out).toMatch(/^PROJECT/);
  expect(out).toMatch(/other +1 {2}live �\[31mred +running/);
  // No terminal, no colours: not one escape in the whole answer.
  expect(out).not.toContain('\u001b');
});

test('--json is the runs as the native API has them', async () => {
  const { out } = await cairn(['runs', '--project', 'other', '--json', '--limit', '1']);
  const runs = JSON.parse(out) as RunJson[];
  expect(runs.map(({ id }) => id)).toEqual([live.id]);
});

test('a run is shown by project and number, and by its id', async () => {
  const byNumber = await cairn(['run', 'show', 'vision/digits/2']);
  expect(byNumber.out).toMatch(/^vision\/digits\/2 {2}fast {2}finished\n/);
  expect(byNumber.out).toMatch(/\nlr +0\.1\n/);
  expect(byNumber.out).toMatch(/\nval\/acc +0\.935 +0\.4675 +0\.935 +1\n/);
  const byId = await cairn(['run', 'show', live.id, '--json']);
  expect((JSON.parse(byId.out) as RunJson).name).toBe('live \u001b[31mred');
});

test('projects and what trains now are listed', async () => {
  const projects = await cairn(['projects']);
  expect(projects.out).toMatch(/vision\/digits +3 +max val\/acc/);
  const training = await cairn(['training']);
  expect(training.out).toContain('live');
  expect(training.out).not.toContain('slow');
});

test('a wrong filter is shown with a caret under the place', async () => {
  const { code, err } = await cairn(['runs', '--project', 'vision/digits', '--filter', 'metrics.loss => 1']);
  expect(code).toBe(1);
  const [message, text = '', caret = ''] = err.split('\n');
  expect(message).toMatch(/^cairn: ./);
  expect(text).toBe('  metrics.loss => 1');
  expect(text[caret.indexOf('^')]).toMatch(/[=>]/);
});

test('a server that does not answer is named, with how to start one', async () => {
  const { code, err } = await cairn(['projects', '--server', 'http://127.0.0.1:9/']);
  expect(code).toBe(1);
  expect(err).toMatch(/^cairn: No Cairn server answers at http:\/\/127\.0\.0\.1:9 .*'cairn server'.*\n$/);
});

test('what does not exist is one clear line and exit 1, wrong usage is exit 2', async () => {
  const project = await cairn(['runs', '--project', 'visoin']);
  expect(project).toMatchObject({ code: 1, out: '' });
  expect(project.err).toMatch(/^cairn: No project is called 'visoin'\. There are .*\n$/);
  const run = await cairn(['run', 'show', 'vision/digits/99']);
  expect([run.code, run.err.split('\n').length]).toEqual([1, 2]);
  expect((await cairn(['run', 'show', 'nonsense'])).code).toBe(1);
  expect((await cairn(['runs', '--limt', '3'])).code).toBe(2);
  expect((await cairn(['runs', '--limit', 'many'])).code).toBe(2);
  expect((await cairn(['run', 'show', '1/1', '--jsn'])).code).toBe(2);
  expect((await cairn(['server', '--prot', '1'])).err).toMatch(/^cairn: Unknown option '--prot'/m);
  expect((await cairn(['server', '--help'])).out).toMatch(/--port +CAIRN_PORT +port to listen on/);
  expect((await cairn(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
