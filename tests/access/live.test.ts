import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { LIVE_PATH } from '#core/contract/live.ts';
import { markedProject, type MarkedProject } from './marked-project.ts';
import { give, commit, newKey, ROLES, teamServer, type Asker, type Team } from './team.ts';

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

test('a socket ends with the key or the session that opened it', async () => {
  const { ports } = team.server;
  const account = team.accounts['viewer'] as never;
  const expiresAt = ports.clock.now() + 1500;
  const key = await newKey(ports, account, { role: 'viewer', expiresAt });
  const secret = ports.secrets.token();
  await commit(ports, [{ kind: 'open-session', hash: ports.secrets.hash(secret), account, expiresAt }]);
  const ways = [{ authorization: `Bearer ${key}` }, { cookie: `cairn_session=${secret}`, origin }];
  const pages = await Promise.all(ways.map(open));
  const closed = pages.map(async (page) => (page ? once(page.socket, 'close') : []));
  const events = (await Promise.all(closed)) as [CloseEvent][];
  expect(events.map(([event]) => event.code)).toEqual([1013, 1013]);
  expect(await Promise.all(ways.map(open))).toEqual([undefined, undefined]);
});

test('whoever may read a project hears of it, nobody else does, and those whose roles change are told to come back', async () => {
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
  const readers = ['viewer', 'editor', 'admin', 'owner', 'readingKey', 'projectKey'];
  for (const { role, page } of pages.filter((each) => readers.includes(each.role))) {
    await expect.poll(() => page?.heard.some(hears), { timeout: 5000, message: role }).toBe(true);
  }
  expect(pages.filter(({ page }) => page?.heard.some(hears)).map(({ role }) => role)).toEqual(readers);
  const closings = pages.flatMap(({ page }) => (page ? [once(page.socket, 'close')] : []));
  const closed: Asker[] = [];
  for (const { role, page } of pages) page?.socket.addEventListener('close', () => closed.push(role));
  const account = team.accounts['viewer'] as never;
  await commit(ports, [give(account, { scope: 'project', project: ours.project }, 'editor')]);
  await expect.poll(() => closed, { timeout: 5000 }).toEqual(['viewer']);
  // The others go on hearing, until something changes that does not say whose it is.
  const editor = pages.find(({ role }) => role === 'editor')?.page;
  const heard = editor?.heard.length ?? 0;
  await logBatch(ports, LOCAL_OWNER, { run: ours.run, tags: [{ key: 'a', value: 'c' }] });
  await expect.poll(() => editor?.heard.length, { timeout: 5000 }).toBeGreaterThan(heard);
  expect(closed).toEqual(['viewer']);
  const id = ports.ids.teamId();
  await commit(ports, [{ kind: 'create-team', team: { id, name: 'vision', members: [account] } }]);
  await commit(ports, [{ kind: 'delete-team', team: id }]);
  const events = (await Promise.all(closings)) as [CloseEvent][];
  expect(new Set(events.map(([event]) => event.code))).toEqual(new Set([1013]));
});
