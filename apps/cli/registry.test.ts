import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#sdks/typescript/connect.ts';
import { init } from '#sdks/typescript/init.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { runCairn } from './testing/run-cairn.ts';

let server: RunningServer;
let folder: string;

function cairn(...words: string[]) {
  return runCairn(words, { CAIRN_SERVER: server.origin });
}

/** Registers what a run saved as the next version of churn. */
async function version(accuracy: number, lr: number): Promise<void> {
  const run = await init({
    project: 'churn',
    server: server.origin,
    config: { lr },
    objective: { metric: 'val/auc', direction: 'max' },
  });
  run.dataset({
    name: 'sales',
    digest: 'd31',
    sourceType: 'local',
    source: 'sales.csv',
    context: 'training',
  });
  run.log({ 'val/auc': accuracy });
  await run.file('model/weights.bin', `weights for ${lr}`);
  await run.finish();
  const api = await connect({ server: server.origin });
  await api.registerVersion({ params: { model: 'churn' }, body: { run: run.id, path: 'model' } });
}

beforeAll(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'cairn-cli-'));
  await version(0.91, 0.1);
  await version(0.905, 0.05);
  await version(0.93, 0.03);
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('models are a table, and so are the versions of one', async () => {
  const all = await cairn('models');
  expect(all.out.split('\n')[1]).toMatch(/^churn +3 +–/);
  const one = await cairn('models', 'churn');
  expect(one.out.split('\n')[1]).toMatch(/^v3 +max val\/auc +0\.93 +– +sales@v1 +churn 3 /);
  expect(JSON.parse((await cairn('models', 'churn', '--json')).out)).toHaveLength(3);
});

test('a version that is unknown, or none, is told in one line', async () => {
  expect(await cairn('promote', 'churn')).toMatchObject({
    code: 1,
    err: "cairn: 'churn' names no version; one reads churn@14, churn@production or churn@latest.\n",
  });
  const missing = await cairn('promote', 'churn@9');
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('version=9) not found')]);
  expect((await cairn('lineage', 'nothing@1')).err).toContain('name=nothing not found');
});

test.each(['auc=NaN', 'auc=high', 'auc'])('%s is no figure, and it says so', async (figure) => {
  expect(await cairn('evaluate', 'churn@1', figure)).toMatchObject({
    code: 1,
    err: `cairn: '${figure}' is no figure; one reads val/auc=0.9124.\n`,
  });
});

test('a gate refuses with figures, lets pass, waits for approval, and rolling back goes to the one before', async () => {
  const file = join(folder, 'gates.json');
  const target = { kind: 'alias', name: 'production' };
  const checks = [{ kind: 'metric', metric: 'val/auc', direction: 'max' }];
  await writeFile(file, JSON.stringify([{ target, checks }]));
  expect((await cairn('gates', 'churn', '--set', file)).out).toBe('churn has gates for alias production.\n');
  for (const [number, auc] of [
    [1, 0.91],
    [2, 0.905],
    [3, 0.93],
  ] as const) {
    const said = await cairn('evaluate', `churn@${number}`, `val/auc=${auc}`, '--dataset', 'holdout@d1');
    expect(said.out).toBe(`Recorded one figure of churn@${number}.\n`);
  }
  expect((await cairn('promote', 'churn@1', '--reason', 'the first')).out).toContain(
    'churn@1 is production now.',
  );
  const refused = await cairn('promote', 'churn@2');
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(refused.err).toContain('metric: val/auc 0.905 on holdout (d1), v1 has 0.91');
  const passed = await cairn('promote', 'churn@3');
  expect(passed.out).toContain('passed   metric: val/auc 0.93 on holdout (d1), v1 has 0.91');

  await writeFile(file, JSON.stringify([{ target, checks: [], approval: { role: 'admin', count: 1 } }]));
  await cairn('gates', 'churn', '--set', file);
  expect((await cairn('promote', 'churn@2', '--reason', 'smaller')).out).toContain(
    "'cairn approve churn@2 production'",
  );
  expect((await cairn('approve')).out.split('\n')[1]).toMatch(/^churn@2 +alias production .* yes +smaller$/);
  expect((await cairn('approve', 'churn@2')).out).toContain('Approved: churn v2 is production now.');
  expect((await cairn('approve')).out).toBe('Nothing waits for approval.\n');
  expect((await cairn('rollback', 'churn', '--reason', 'errors')).out).toBe(
    'churn v3 is production again, v2 no longer.\n',
  );
});

test('a deployment says where a version runs, until it ends', async () => {
  expect((await cairn('deploy', 'churn@3', 'eu-prod', '--url', 'http://127.0.0.1:9')).out).toBe(
    'churn v3 runs in eu-prod.\n',
  );
  expect((await cairn('production')).out.split('\n')[1]).toMatch(/^churn +v3 +eu-prod /);
  expect((await cairn('deploy', 'churn@3', 'eu-prod', '--end')).out).toContain('no longer');
  expect(await cairn('deploy', 'churn@3', 'eu-prod', '--end')).toMatchObject({
    code: 1,
    err: 'cairn: churn v3 does not run in eu-prod.\n',
  });
});

test('gates that cannot be read are told with their place', async () => {
  const file = join(folder, 'bad.json');
  await writeFile(
    file,
    '[{"target": {"kind": "alias", "name": "production"}, "checks": [{"kind": "luck"}]}]',
  );
  const said = await cairn('gates', 'churn', '--set', file);
  expect([said.code, said.err]).toEqual([1, expect.stringContaining('bad.json: 0.checks.0')]);
});

test('a run makes a table of its files, another uses it, and what is wrong is told in one line', async () => {
  const made = await cairn('run', 'produce', 'churn/1', 'model', '--name', 'weights', '--type', 'checkpoint');
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).toMatch(/^churn\/1 made checkpoint weights@v1, [0-9a-f]{12}\.\n$/);
  const used = await cairn('run', 'use', 'churn/2', 'checkpoint/weights', '--role', 'start', '--json');
  expect(JSON.parse(used.out)).toMatchObject({ type: 'checkpoint', name: 'weights', number: 1 });
  expect((await cairn('run', 'use', 'churn/3', 'checkpoint/weights@v1')).out).toBe(
    'churn/3 used checkpoint weights@v1.\n',
  );
  for (const [words, said] of [
    [['use', 'churn/3', 'checkpoint/weights@v9'], 'There is no checkpoint weights@v9.'],
    [
      ['use', 'churn/3', 'weights'],
      "'weights' names no artifact; one reads table/errors or table/errors@v3.",
    ],
    [['produce', 'churn/3'], 'Say what it is called: --name errors.'],
    [['produce', 'churn/3', 'nowhere'], "No file or folder at 'nowhere'."],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await cairn('run', ...words)).toMatchObject({ code: 1, err: `cairn: ${said}\n` });
  }
});

test('a run says what it made and what it used', async () => {
  expect((await cairn('run', 'show', 'churn/1')).out).toMatch(/^MADE.*\n(.*\n)*weights@v1 +checkpoint /m);
  expect((await cairn('run', 'show', 'churn/2')).out).toMatch(/^USED.*\n(.*\n)*weights@v1 +checkpoint /m);
});

test('artifacts are listed, shown and written to a folder as they were sealed', async () => {
  const out = join(folder, 'weights');
  expect((await cairn('artifacts', '--type', 'checkpoint')).out.split('\n')[1]).toMatch(
    /^checkpoint\/weights +1 +v1 +[0-9a-f]{12} /,
  );
  expect((await cairn('artifacts', 'checkpoint/weights')).out.split('\n')[1]).toMatch(
    /^v1 +[0-9a-f]{12} +here /,
  );
  const shown = await cairn('artifacts', 'checkpoint/weights@v1');
  for (const line of [/^churn\/1 /m, /^churn\/2 .+\(start\)/m, /^weights\.bin +15 B/m]) {
    expect(shown.out).toMatch(line);
  }
  expect(await cairn('artifacts', 'checkpoint/weights', '--out', out)).toMatchObject({
    code: 0,
    err: `wrote ${join(out, 'weights.bin')}\n`,
  });
  expect(await readFile(join(out, 'weights.bin'), 'utf8')).toBe('weights for 0.1');
  expect(await cairn('artifacts', 'dataset/sales@v1', '--out', out)).toMatchObject({
    code: 1,
    err: 'cairn: The bytes of dataset/sales@v1 are not here, or not yours to read.\n',
  });
  const taken = join(folder, 'taken');
  await writeFile(taken, '');
  const refused = await cairn('artifacts', 'checkpoint/weights@v1', '--out', taken);
  expect([refused.code, refused.err.split('\n').length]).toEqual([1, 2]);
  expect(refused.err).toContain(`${join(taken, 'weights.bin')} cannot be written: `);
  expect(await cairn('artifacts', 'table/none')).toMatchObject({
    code: 1,
    err: 'cairn: There is no table none.\n',
  });
});
