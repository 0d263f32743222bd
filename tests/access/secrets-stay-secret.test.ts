import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, keyHeaders } from '#core/contract/client.ts';
import { ADMIN, setupTokenIn, startTeam, type TeamProcess } from './team-process.ts';

let team: TeamProcess;
beforeAll(async () => {
  team = await startTeam({ args: ['--log-level', 'trace'] });
});
afterAll(() => team.server.stop());

test('no log line and no file holds a key, a cookie, a password or a token, whatever goes wrong', async () => {
  const { server, key, cookie, setupToken, client } = team;
  const { origin } = server;
  const { account, invitation } = await client.createAccount({ body: { kind: 'user', name: 'ben' } });
  const newPassword = 'another long password';
  await createClient(origin, { headers: { origin } }).acceptInvitation({
    body: { token: invitation ?? '', password: newPassword },
  });
  const send = (url: string, init: RequestInit = {}) => fetch(origin + url, init).then((r) => r.text());
  const json = { 'content-type': 'application/json', origin };
  // Wrong in every way that a log might remember.
  await send('/api/session', {
    method: 'POST',
    headers: json,
    body: `{"name":"ana","password":"${ADMIN.password}`,
  });
  await send('/api/session', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ ...ADMIN, password: newPassword }),
  });
  await send(`/api/nothing/${key}`, { headers: keyHeaders(`${key}x`) });
  await send('/api/projects', {
    headers: { cookie, authorization: `Basic ${btoa(`ana:${ADMIN.password}`)}` },
  });
  await send('/api/projects', { method: 'POST', headers: { cookie } });
  await send('/api/runs/x/log', { method: 'POST', headers: { ...json, ...keyHeaders(key) }, body: '{' });
  await client.updateAccount({ params: { account: account.id }, body: { disabled: true } });
  await server.restart();

  const secrets = [
    key,
    cookie.split('=')[1] ?? '',
    setupToken,
    invitation ?? '',
    ADMIN.password,
    newPassword,
  ];
  expect(secrets.every((secret) => secret.length > 10)).toBe(true);
  const kept = readdirSync(server.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))] as const);
  expect(kept.length).toBeGreaterThan(1);
  for (const secret of secrets) {
    expect(server.stderr).not.toContain(secret);
    expect(kept.filter(([, bytes]) => bytes.includes(secret)).map(([name]) => name)).toEqual([]);
  }
});

test('keys and sessions outlive a restart, and a server that is set up prints no token', async () => {
  const { server, cookie, client } = team;
  const printed = server.stdout.length;
  await server.restart();
  expect(setupTokenIn(server.stdout.slice(printed))).toBe('');
  expect((await client.getSession({})).account?.name).toBe(ADMIN.name);
  const browser = createClient(server.origin, { headers: { origin: server.origin, cookie } });
  expect((await browser.getSession({})).account?.name).toBe(ADMIN.name);
});

test('a local store that becomes a team’s keeps its runs and their author', async () => {
  const { startServer } = await import('../running-server.ts');
  const local = await startServer();
  const run = await createClient(local.origin).createRun({ body: { project: '0' } });
  await local.kill('SIGTERM');
  const { server, client } = await startTeam({ dataDir: local.dataDir });
  expect(await client.getRun({ params: { run: run.id } })).toMatchObject({
    id: run.id,
    createdBy: { kind: 'local' },
  });
  await server.stop();
  await local.stop();
});
