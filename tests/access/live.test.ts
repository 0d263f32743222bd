import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { LIVE_PATH } from '#core/contract/live.ts';
import { markedProject, type MarkedProject } from './marked-project.ts';
import { give, commit, ROLES, teamServer, type Asker, type Team } from './team.ts';

const OURS = 'ourmark7f3a';
let team: Team;
let origin: string;
let ours: MarkedProject;

beforeAll(async () => {
  team = await teamServer(async (ports) => (await markedProject(ports, 'theirmark9c1e')).project);
  ours = await markedProject(team.server.ports, OURS);
  await team.share(ours.project);
  origin = await team.server.listen();
});
afterAll(() => team.server.app.close());

/** A socket of somebody, or the way in which it was refused. */
async function open(
  headers: Record<string, string>,
): Promise<{ socket: WebSocket; heard: string[] } | undefined> {
  const options = { headers } as unknown as string[];
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${LIVE_PATH}`, options);
  const heard: string[] = [];
  socket.addEventListener('message', (event) => heard.push(String(event.data)));
  const first = await Promise.race([
    once(socket, 'open').then(() => 'open'),
    once(socket, 'error').then(() => 'refused'),
  ]);
  return first === 'open' ? { socket, heard } : undefined;
}

const keyOf = (role: Asker): Record<string, string> =>
  team.keys[role] === undefined ? {} : { authorization: `Bearer ${team.keys[role]}` };

test('nobody is let in, and a cookie alone must show where it comes from', async () => {
  expect(await open({})).toBeUndefined();
  expect(await open({ authorization: `Bearer cairn-${'x'.repeat(43)}` })).toBeUndefined();
  const { ports } = team.server;
  const secret = ports.secrets.token();
  const account = team.accounts['viewer'] as never;
  await commit(ports, [
    {
      kind: 'open-session',
      hash: ports.secrets.hash(secret),
      account,
      expiresAt: ports.clock.now() + 60_000,
    },
  ]);
  const cookie = `cairn_session=${secret}`;
  expect(await open({ cookie })).toBeUndefined();
  expect(await open({ cookie, origin: 'http://evil.example' })).toBeUndefined();
  const page = await open({ cookie, origin });
  expect(page).toBeDefined();
  page?.socket.close();
});

test('whoever may read a project hears of it, nobody else does, and all are told to come back when roles change', async () => {
  const { ports } = team.server;
  const asking = ROLES.filter((role) => role !== 'nobody');
  const pages = await Promise.all(asking.map(async (role) => ({ role, page: await open(keyOf(role)) })));
  const watch = { kind: 'watch', home: true, projects: [ours.project], runs: [ours.run] };
  for (const { page } of pages) page?.socket.send(JSON.stringify(watch));
  for (const { page } of pages) {
    await expect
      .poll(() => page?.heard.some((text) => text.includes('watching')), { timeout: 5000 })
      .toBe(true);
  }
  await logBatch(ports, LOCAL_OWNER, { run: ours.run, tags: [{ key: 'a', value: 'b' }] });
  const hears = (text: string): boolean => text.includes(ours.run);
  const readers = ['viewer', 'editor', 'admin', 'owner', 'readingKey'];
  for (const { role, page } of pages.filter((each) => readers.includes(each.role))) {
    await expect.poll(() => page?.heard.some(hears), { timeout: 5000, message: role }).toBe(true);
  }
  expect(pages.filter(({ page }) => page?.heard.some(hears)).map(({ role }) => role)).toEqual(readers);
  const closed = pages.flatMap(({ page }) => (page ? [once(page.socket, 'close')] : []));
  const account = team.accounts['viewer'] as never;
  await commit(ports, [give(account, { scope: 'project', project: ours.project }, 'editor')]);
  const events = (await Promise.all(closed)) as [CloseEvent][];
  expect(new Set(events.map(([event]) => event.code))).toEqual(new Set([1013]));
});
