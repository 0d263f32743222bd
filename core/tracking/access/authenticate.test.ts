import { beforeEach, expect, test } from 'vitest';
import type { ApiKey } from '#core/domain/account.ts';
import { DEFAULT_PROJECT, projectId } from '#core/domain/ids.ts';
import { teamPorts, type SetClock } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { changePassword } from '../accounts/change-password.ts';
import { createAccount } from '../accounts/create-account.ts';
import { updateAccount } from '../accounts/update-account.ts';
import { updateOwnAccount } from '../accounts/update-own-account.ts';
import { createKey, type CreateKey } from '../keys/create-key.ts';
import { listKeys } from '../keys/list-keys.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import { setRole } from '../roles/set-role.ts';
import { createTeam } from '../teams/create-team.ts';
import { updateTeam } from '../teams/update-team.ts';
import { createAuthenticator, type Authenticator } from './authenticate.ts';
import { may } from './authorise.ts';
import { LOCAL_OWNER, type Principal } from './principal.ts';

let clock: SetClock;
let ports: ReturnType<typeof teamPorts>;
let authenticator: Authenticator;
let bot: Principal;
beforeEach(async () => {
  clock = { now: 1_700_000_000_000 };
  ports = teamPorts(memoryStore(), clock);
  authenticator = createAuthenticator(ports);
  const { account } = await createAccount(ports, LOCAL_OWNER, { kind: 'service', name: 'bot' });
  bot = { kind: 'service', id: account.id, grants: [] };
});

const newKey = (ask: Partial<CreateKey> = {}) => createKey(ports, bot, { name: 'k', role: 'editor', ...ask });
const holder = () => ({ kind: 'account', id: bot.id as ApiKey['account'] }) as const;
const give = (role: 'viewer' | 'editor' | 'admin' | null) =>
  setRole(ports, LOCAL_OWNER, { holder: holder(), place: { scope: 'server' }, role });

test('a key speaks for its account within its own limits', async () => {
  await give('admin');
  const { key, secret } = await newKey({
    role: 'editor',
    projects: [DEFAULT_PROJECT],
    expiresAt: clock.now + 9,
  });
  expect(secret).toMatch(/^cairn-[A-Za-z0-9]{43}$/);
  expect(key.prefix).toBe(secret.slice(0, 10));
  const principal = await authenticator.byKey(secret);
  expect(principal).toMatchObject({
    kind: 'service',
    id: bot.id,
    limit: { role: 'editor' },
    expiresAt: clock.now + 9,
  });
  expect(may(principal, 'run:write', { project: DEFAULT_PROJECT })).toBe(true);
  expect(may(principal, 'run:purge', { project: DEFAULT_PROJECT })).toBe(false);
  expect(may(principal, 'run:read', { project: projectId('7') })).toBe(false);
  expect(may(principal, 'server:read')).toBe(true);
  expect(may(principal, 'server:admin')).toBe(false);
});

test.each([
  '',
  'cairn-',
  'wrong',
  `other-${'x'.repeat(43)}`,
  `cairn-${'é'.repeat(43)}`,
  `cairn-${'x'.repeat(10_000)}`,
])('the token %.20j is none of ours', async (token) => {
  await expect(authenticator.byKey(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(authenticator.bySession(token)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a key that is unknown, revoked, expired or of a disabled account is refused with its reason', async () => {
  const refusal = async (secret: string): Promise<string> => {
    const error: unknown = await authenticator.byKey(secret).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: 'unauthenticated' });
    return (error as Error).message;
  };
  const revoked = await newKey();
  const brief = await newKey({ expiresAt: clock.now + 1000 });
  const good = await newKey();
  for (const { secret } of [revoked, brief, good]) await authenticator.byKey(secret);
  await revokeKey(ports, bot, { key: revoked.key.id });
  clock.now += 1000;
  expect(await refusal(`cairn-${'0'.repeat(43)}`)).toContain('not known');
  expect(await refusal(revoked.secret)).toContain('revoked');
  expect(await refusal(brief.secret)).toContain('expired');
  await updateAccount(ports, LOCAL_OWNER, { account: holder().id, disabled: true });
  expect(await refusal(good.secret)).toContain('disabled');
  await updateAccount(ports, LOCAL_OWNER, { account: holder().id, disabled: false });
  await authenticator.byKey(good.secret);
});

test('roles given and taken, also by a team, hold from the next request on', async () => {
  const { secret } = await newKey({ role: 'admin' });
  const reads = async () => may(await authenticator.byKey(secret), 'run:read', { project: DEFAULT_PROJECT });
  expect(await reads()).toBe(false);
  await give('viewer');
  expect(await reads()).toBe(true);
  await give(null);
  expect(await reads()).toBe(false);
  const team = await createTeam(ports, LOCAL_OWNER, { name: 'vision', members: [] });
  const place = { scope: 'project', project: DEFAULT_PROJECT } as const;
  await setRole(ports, LOCAL_OWNER, { holder: { kind: 'team', id: team.id }, place, role: 'viewer' });
  expect(await reads()).toBe(false);
  await updateTeam(ports, LOCAL_OWNER, { team: team.id, members: [holder().id] });
  expect(await reads()).toBe(true);
});

test('the same answer is remembered until something about identity changes', async () => {
  const { secret } = await newKey();
  const first = await authenticator.byKey(secret);
  expect(await authenticator.byKey(secret)).toBe(first);
  await give('viewer');
  expect(await authenticator.byKey(secret)).not.toBe(first);
});

test('what changes of one account is no matter to the others', async () => {
  const { secret } = await newKey();
  const first = await authenticator.byKey(secret);
  const { account } = await createAccount(ports, LOCAL_OWNER, { kind: 'service', name: 'other' });
  const other: Principal = { kind: 'service', id: account.id, grants: [] };
  const its = await createKey(ports, other, { name: 'k', role: 'editor' });
  const before = await authenticator.byKey(its.secret);
  await updateOwnAccount(ports, other, { displayName: 'Other' });
  await revokeKey(ports, other, { key: its.key.id });
  expect(before.id).toBe(account.id);
  await expect(authenticator.byKey(its.secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(await authenticator.byKey(secret)).toBe(first);
});

test('the use of a key is noted once a minute, behind the request', async () => {
  const { key, secret } = await newKey();
  const commits: number[] = [];
  ports.feed.subscribe((event) => commits.push(event.sequence));
  for (const later of [0, 1000, 59_000, 1000, 100]) {
    clock.now += later;
    await authenticator.byKey(secret);
  }
  await expect.poll(() => commits.length).toBe(2);
  expect((await ports.identity.key(key.id))?.lastUsedAt).toBe(clock.now - 1100);
});

test('a key makes no stronger key, and changes nothing of others', async () => {
  await give('admin');
  const { secret } = await newKey({
    role: 'editor',
    projects: [DEFAULT_PROJECT],
    expiresAt: clock.now + 1000,
  });
  const principal = await authenticator.byKey(secret);
  const within = {
    name: 'k',
    role: 'viewer',
    projects: [DEFAULT_PROJECT],
    expiresAt: clock.now + 1000,
  } as const;
  const stronger: Partial<CreateKey>[] = [
    { role: 'admin' },
    { projects: [DEFAULT_PROJECT, projectId('7')] },
    { expiresAt: clock.now + 1001 },
  ];
  for (const more of stronger) {
    const attempt = createKey(ports, principal, { ...within, ...more });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  }
  const { expiresAt: _, ...endless } = within;
  await expect(createKey(ports, principal, endless)).rejects.toMatchObject({ code: 'forbidden' });
  const { projects: __, ...everywhere } = within;
  await expect(createKey(ports, principal, everywhere)).rejects.toMatchObject({ code: 'forbidden' });
  expect((await createKey(ports, principal, within)).key.role).toBe('viewer');
});

test('a key of some projects sees, revokes and multiplies itself alone', async () => {
  await give('admin');
  const limited = await newKey({ role: 'admin', projects: [DEFAULT_PROJECT] });
  const other = await newKey();
  const principal = await authenticator.byKey(limited.secret);
  expect((await listKeys(ports, principal)).map(({ id }) => id)).toEqual([limited.key.id]);
  const account = holder().id;
  expect((await listKeys(ports, principal, { account })).map(({ id }) => id)).toEqual([limited.key.id]);
  const beyond: Promise<unknown>[] = [
    updateOwnAccount(ports, principal, { displayName: 'Eve' }),
    changePassword(ports, principal, { current: 'x', password: 'a long new password' }),
    revokeKey(ports, principal, { key: other.key.id }),
    createKey(ports, principal, { name: 'k', role: 'viewer' }),
    createKey(ports, principal, { name: 'k', role: 'viewer', projects: [projectId('7')] }),
  ];
  for (const attempt of beyond) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  await createKey(ports, principal, { name: 'k', role: 'viewer', projects: [DEFAULT_PROJECT] });
  await revokeKey(ports, principal, { key: limited.key.id });
  await expect(authenticator.byKey(limited.secret)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a key that was revoked is not revoked again: nobody hears of it, and the log has it once', async () => {
  const { key } = await newKey();
  const revoked = await revokeKey(ports, bot, { key: key.id });
  const before = ports.feed.latest();
  clock.now += 1000;
  expect(await revokeKey(ports, bot, { key: key.id })).toEqual(revoked);
  expect(ports.feed.latest()).toBe(before);
});

test('the log names the key that spoke, and what a new key may and until when', async () => {
  await give('admin');
  const { key, secret } = await newKey({ role: 'admin', projects: [DEFAULT_PROJECT] });
  const asking = { ...(await authenticator.byKey(secret)), address: '192.0.2.7' };
  const expiresAt = clock.now + 1000;
  await createKey(ports, asking, { name: 'job', role: 'viewer', projects: [DEFAULT_PROJECT], expiresAt });
  const [brief, endless] = await ports.identity.audit({ limit: 2, action: 'key.created' });
  expect(brief).toMatchObject({
    actor: { kind: 'service', id: bot.id },
    details: {
      name: 'job',
      role: 'viewer',
      projects: DEFAULT_PROJECT,
      expiresAt: new Date(expiresAt).toISOString(),
      key: key.id,
    },
  });
  expect(endless?.details).toMatchObject({ expiresAt: 'never' });
  expect(endless?.details).not.toHaveProperty('key');
});

test('a key that only reads may revoke itself, and no other', async () => {
  const reading = await newKey({ role: 'viewer' });
  const other = await newKey();
  const principal = await authenticator.byKey(reading.secret);
  await expect(revokeKey(ports, principal, { key: other.key.id })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await revokeKey(ports, principal, { key: reading.key.id });
  await expect(authenticator.byKey(reading.secret)).rejects.toMatchObject({ code: 'unauthenticated' });
});
