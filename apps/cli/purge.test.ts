import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { init } from '#sdks/typescript/init.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { runCairn } from './testing/run-cairn.ts';

let server: RunningServer;
let client: Client;

const cairn = (...words: string[]) => runCairn(words, { CAIRN_SERVER: server.origin });

async function logRun(project: string): Promise<string> {
  const run = await init({ project, server: server.origin });
  run.log({ loss: 1 });
  await run.finish();
  return run.id;
}

beforeAll(async () => {
  server = await startServer();
  client = createClient(server.origin, {});
}, 30_000);
afterAll(() => server.stop());

test('a run goes for good only once it is deleted', async () => {
  const run = await logRun('p');
  const refused = await cairn('purge', run);
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/^cairn: .*must be deleted before/)]);
  await client.deleteRun({ params: { run } });
  expect((await cairn('purge', 'p/1')).out).toMatch(/^Removed run 1 /);
  expect((await cairn('purge', run)).err).toMatch(/not found/);
});

test('without --yes it says what it would do; old deletions and projects go with it', async () => {
  const young = await logRun('q');
  await client.deleteRun({ params: { run: young } });
  expect((await cairn('purge', '--deleted-before', '1d')).out).toBe(
    'Would remove 0 runs. Add --yes to do it.\n',
  );
  expect((await cairn('purge', '--deleted-before', '0d')).out).toBe(
    'Would remove 1 runs. Add --yes to do it.\n',
  );
  expect((await cairn('purge', '--deleted-before', '0d', '--yes')).out).toMatch(/^Removed run 1 /);
  await logRun('q');
  const { projects } = await client.listProjects({});
  const project = projects.find(({ name }) => name === 'q')?.id ?? '';
  expect((await cairn('purge', '--project', 'q', '--yes')).err).toMatch(/is not deleted/);
  await client.deleteProject({ params: { project } });
  expect((await cairn('purge', '--project', 'q')).out).toMatch(/^Would remove/);
  expect((await cairn('purge', '--project', 'q', '--yes')).out).toBe("Removed the project 'q'.\n");
  expect((await client.listProjects({ query: { view: 'deleted' } })).projects).toEqual([]);
  expect((await cairn('purge')).code).toBe(1);
  expect((await cairn('purge', '--deleted-before', 'never')).code).toBe(2);
});
