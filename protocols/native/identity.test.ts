import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveEvent } from '#core/contract/live.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { createProject } from '#core/tracking/projects/create-project.ts';
import { startRun } from '#core/tracking/runs/start-run.ts';
import { updateRun } from '#core/tracking/runs/update-run.ts';
import { ensureSetupToken } from '#core/tracking/sessions/ensure-setup-token.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { memoryServer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// One server for a team, told in its order: set up, invite, give keys and roles, take them back.
let server: MemoryServer;
let origin: string;
beforeAll(async () => {
  server = await memoryServer({ flags: ['--auth', 'team'] });
  origin = await server.listen();
});
afterAll(() => server.app.close());

const PASSWORD = 'correct horse battery';

interface Said {
  readonly status: number;
  readonly json: Json;
  readonly cookie: string | undefined;
}

async function say(
  method: string,
  path: string,
  { body, key, cookie }: { readonly body?: unknown; readonly key?: string; readonly cookie?: string } = {},
): Promise<Said> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      origin,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(cookie !== undefined && { cookie }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const set = response.headers.get('set-cookie')?.split(';')[0];
  return { status: response.status, json: await response.json().catch(() => undefined), cookie: set };
}

let admin: string;

test('whoever has not logged in learns that the server waits for its first admin, and nothing else', async () => {
  expect((await say('GET', '/api/session')).json).toEqual({ mode: 'team', needsSetup: true, grants: [] });
  for (const path of ['/api/projects', '/api/server', '/api/accounts', '/api/health', '/api/audit']) {
    expect((await say('GET', path)).status).toBe(401);
  }
});

test('the set-up token makes the first admin and logs him in by a cookie', async () => {
  const token = (await ensureSetupToken(server.ports)) ?? '';
  const body = { token, name: 'ana', password: PASSWORD };
  const set = await say('POST', '/api/setup', { body });
  expect(set.json).toMatchObject({
    mode: 'team',
    needsSetup: false,
    account: { name: 'ana' },
    grants: [{ place: { scope: 'server' }, role: 'admin' }],
  });
  admin = set.cookie ?? '';
  expect((await say('GET', '/api/session', { cookie: admin })).json).toEqual(set.json);
  expect((await say('POST', '/api/setup', { body })).status).toBe(400);
  expect((await say('GET', '/api/health', { cookie: admin })).json.database).toBe('memory');
});

test('a user is invited, sets a password, and makes a key that may what he may and no more', async () => {
  const body = { kind: 'user', name: 'bob' };
  const { account, invitation } = (await say('POST', '/api/accounts', { cookie: admin, body })).json;
  const accepted = await say('POST', '/api/invitations/accept', {
    body: { token: invitation, password: PASSWORD },
  });
  const cookie = accepted.cookie ?? '';
  const made = (await say('POST', '/api/keys', { cookie, body: { name: 'laptop' } })).json;
  const key: string = made.secret;
  expect(made.key).toMatchObject({ account: account.id, role: 'editor' });
  expect((await say('GET', '/api/projects/0', { key })).status).toBe(403);
  const refusal = async (path: string) => {
    const { code, message } = (await say('GET', path, { key })).json.error;
    return { code, message };
  };
  expect(await refusal('/api/projects/99')).toEqual(await refusal('/api/projects/0'));
  const role = { holder: { kind: 'account', id: account.id }, place: { scope: 'project', project: '0' } };
  const given = await say('PUT', '/api/roles', { cookie: admin, body: { ...role, role: 'viewer' } });
  expect(given.json.roles).toEqual([{ ...role, role: 'viewer' }]);
  expect((await say('GET', '/api/projects/0', { key })).status).toBe(200);
  expect((await say('GET', '/api/projects', { key })).json.projects).toHaveLength(1);
  expect((await say('DELETE', '/api/projects/0', { key })).status).toBe(403);
  expect((await say('DELETE', `/api/keys/${made.key.id}`, { cookie })).json.revokedAt).toBeGreaterThan(0);
  expect((await say('GET', '/api/projects/0', { key })).status).toBe(401);
  expect((await say('GET', '/api/keys', { cookie })).json.keys).toHaveLength(1);
});

test('a live page hears of its projects only, and is asked to come back when roles change', async () => {
  const body = { kind: 'service', name: 'watcher' };
  const { account } = (await say('POST', '/api/accounts', { cookie: admin, body })).json;
  const ask = { account: account.id, name: 'page' };
  const key: string = (await say('POST', '/api/keys', { cookie: admin, body: ask })).json.secret;
  const { ports } = server;
  const hidden = await createProject(ports, LOCAL_OWNER, { workspace: DEFAULT_WORKSPACE, name: 'hidden' });
  const give = (role: string) =>
    say('PUT', '/api/roles', {
      cookie: admin,
      body: {
        holder: { kind: 'account', id: account.id },
        place: { scope: 'project', project: '0' },
        role,
      },
    });
  await give('viewer');
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const heard: LiveEvent[] = [];
  socket.addEventListener('message', (event) => heard.push(JSON.parse(String(event.data)) as LiveEvent));
  await once(socket, 'open');
  socket.send(JSON.stringify({ kind: 'watch', home: true, projects: ['0', hidden.id] }));
  await expect.poll(() => heard.length).toBe(1);
  const secret = await startRun(ports, LOCAL_OWNER, { project: hidden.id, wire: 'native' });
  const open = await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native' });
  await updateRun(ports, LOCAL_OWNER, { run: secret.id, name: 'secret' });
  await expect.poll(() => JSON.stringify(heard)).toContain(open.id);
  expect(JSON.stringify(heard)).not.toContain(secret.id);
  const closed = once(socket, 'close');
  await give('editor');
  const [event] = (await closed) as [CloseEvent];
  expect(event.code).toBe(1013);
});

test('the last admin stays one; the audit log has it all and verifies', async () => {
  const { account } = (await say('GET', '/api/session', { cookie: admin })).json;
  const disable = await say('PATCH', `/api/accounts/${account.id}`, {
    cookie: admin,
    body: { disabled: true },
  });
  expect(disable.status).toBe(409);
  const { entries } = (await say('GET', '/api/audit?limit=1000', { cookie: admin })).json;
  const actions = new Set(entries.map((entry: { readonly action: string }) => entry.action));
  for (const action of [
    'setup.done',
    'session.opened',
    'account.created',
    'key.created',
    'key.revoked',
    'role.changed',
  ]) {
    expect(actions).toContain(action);
  }
  const verdict = (await say('GET', '/api/audit/verification', { cookie: admin })).json;
  expect(verdict).toEqual({ entries: entries.length, isIntact: true });
});

test('a log-out takes the cookie back and ends the session', async () => {
  const { cookie = '' } = await say('POST', '/api/session', { body: { name: 'Ana', password: PASSWORD } });
  expect((await say('GET', '/api/teams', { cookie })).status).toBe(200);
  const out = await say('DELETE', '/api/session', { cookie });
  expect(out.json).toEqual({ mode: 'team', needsSetup: false, grants: [] });
  expect((await say('GET', '/api/teams', { cookie })).status).toBe(401);
});

test('in local mode the owner needs no log-in, and there is none', async () => {
  const local = await memoryServer();
  expect((await local.call('GET', '/api/session')).json).toEqual({
    mode: 'local',
    needsSetup: false,
    grants: [{ place: { scope: 'server' }, role: 'admin' }],
  });
  const refused = await local.call('POST', '/api/session', { name: 'ana', password: PASSWORD });
  expect(refused.json.error).toMatchObject({ code: 'unsupported' });
  await local.app.close();
});
