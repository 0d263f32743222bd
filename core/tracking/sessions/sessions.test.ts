import { beforeEach, expect, test } from 'vitest';
import { accountId, accountName, sessionOf } from '#core/domain/account.ts';
import { teamPorts, type SetClock } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { createAuthenticator, type Authenticator } from '../access/authenticate.ts';
import { NOBODY, type Principal } from '../access/principal.ts';
import { acceptInvitation } from '../accounts/accept-invitation.ts';
import { changePassword } from '../accounts/change-password.ts';
import { createAccount } from '../accounts/create-account.ts';
import { inviteAccount } from '../accounts/invite-account.ts';
import { updateAccount } from '../accounts/update-account.ts';
import { describeSession } from './describe-session.ts';
import { endOtherSessions, endSession } from './end-sessions.ts';
import { ensureSetupToken } from './ensure-setup-token.ts';
import { listSessions } from './list-sessions.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import { setUp } from './set-up.ts';

const DAY = 24 * 60 * 60 * 1000;
const PASSWORD = 'correct horse battery';
const OTHER = 'staple of another kind';

let clock: SetClock;
let ports: ReturnType<typeof teamPorts>;
let authenticator: Authenticator;
beforeEach(() => {
  clock = { now: 1_700_000_000_000 };
  ports = teamPorts(memoryStore(), clock);
  authenticator = createAuthenticator(ports);
});

const asker = { address: '192.0.2.7' };

async function admin(): Promise<Principal> {
  const token = (await ensureSetupToken(ports)) ?? '';
  const { secret } = await setUp(ports, asker, { token, name: 'Ana', password: PASSWORD });
  return authenticator.bySession(secret);
}

async function actions(): Promise<string[]> {
  const entries = await ports.identity.audit({ limit: 100 });
  return entries.toReversed().map((entry) => entry.action);
}

test('the first start gives a token, with which the first admin sets the server up and is logged in', async () => {
  expect(await describeSession(ports, NOBODY)).toEqual({ needsSetup: true, grants: [] });
  const token = (await ensureSetupToken(ports)) ?? '';
  const { account, secret, expiresAt } = await setUp(ports, asker, {
    token,
    name: ' Ana ',
    password: PASSWORD,
  });
  expect(account).toMatchObject({ kind: 'user', name: 'ana' });
  expect(expiresAt).toBe(clock.now + 90 * DAY);
  const principal = await authenticator.bySession(secret);
  expect(principal).toEqual({
    kind: 'user',
    id: account.id,
    grants: [{ scope: 'server', role: 'admin' }],
    expiresAt,
  });
  expect(await describeSession(ports, principal, { secret })).toMatchObject({ account, expiresAt });
  expect(await actions()).toEqual(['setup.done', 'session.opened']);
  expect((await ports.identity.audit({ limit: 1 }))[0]?.address).toBe('192.0.2.7');
  expect(await ensureSetupToken(ports)).toBeUndefined();
});

test('of two set-ups at once one wins, also with two tokens', async () => {
  const tokens = [await ensureSetupToken(ports), await ensureSetupToken(ports)];
  const outcomes = await Promise.allSettled(
    [tokens[0], tokens[0], tokens[1]].map((token, n) =>
      setUp(ports, asker, { token: token ?? '', name: `ana${n}`, password: PASSWORD }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  expect(await ports.identity.accounts()).toHaveLength(1);
});

test('a set-up token is refused after a week, and never sets a password of somebody', async () => {
  const token = (await ensureSetupToken(ports)) ?? '';
  const refusal = { code: 'invalid', details: { subject: 'invitation' } };
  await expect(acceptInvitation(ports, asker, { token, password: PASSWORD })).rejects.toMatchObject(refusal);
  clock.now += 7 * DAY;
  const late = setUp(ports, asker, { token, name: 'ana', password: PASSWORD });
  await expect(late).rejects.toMatchObject(refusal);
});

test('a log-in by name and password opens a session that ends after 90 days, however much it is used', async () => {
  await admin();
  const { secret, account } = await logIn(ports, asker, { name: 'ANA', password: PASSWORD });
  for (let day = 0; day < 90; day += 1) {
    expect((await authenticator.bySession(secret)).id).toBe(account.id);
    clock.now += DAY;
  }
  await expect(authenticator.bySession(secret)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a session that nobody used for 14 days has ended, and each use puts that off', async () => {
  const ana = await admin();
  const { secret } = await logIn(ports, asker, { name: 'ana', password: PASSWORD });
  for (const _ of [1, 2, 3]) {
    clock.now += 14 * DAY - 60_000;
    expect((await authenticator.bySession(secret)).id).toBe(ana.id);
  }
  const [used, unused] = await ports.identity.sessions(accountId(ana.id));
  expect(used?.seenAt).toBe(clock.now);
  expect(unused?.seenAt).toBeLessThan(clock.now);
  expect(await listSessions(ports, ana)).toHaveLength(1);
  clock.now += 14 * DAY;
  await expect(authenticator.bySession(secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(await listSessions(ports, ana)).toEqual([]);
});

test('a use that another server noted counts here as well', async () => {
  await admin();
  const { secret } = await logIn(ports, asker, { name: 'ana', password: PASSWORD });
  await authenticator.bySession(secret);
  const other = createAuthenticator(ports);
  clock.now += 10 * DAY;
  await other.bySession(secret);
  clock.now += 10 * DAY;
  expect((await authenticator.bySession(secret)).kind).toBe('user');
});

test('limits of one’s own: of both a session and its want of use', async () => {
  await admin();
  const limits = { idleMs: DAY, lifetimeMs: 3 * DAY };
  const strict = createAuthenticator(ports, limits);
  const { secret, expiresAt } = await logIn(ports, { ...asker, limits }, { name: 'ana', password: PASSWORD });
  expect(expiresAt).toBe(clock.now + 3 * DAY);
  clock.now += DAY;
  await expect(strict.bySession(secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  await authenticator.bySession(secret);
  await strict.bySession(secret);
});

test('one sees one’s own sessions, with where they are from, and ends one or all others', async () => {
  const ana = await admin();
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const open = async () => logIn(ports, { ...asker, agent }, { name: 'ana', password: PASSWORD });
  const [mine, lost, other] = [await open(), await open(), await open()];
  clock.now += 60_000;
  const asking = { ...(await authenticator.bySession(mine.secret)), address: '192.0.2.9' };
  const sessions = await listSessions(ports, asking, { secret: mine.secret });
  expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false, false]);
  expect(sessions[0]).toMatchObject({ account: ana.id, agent, address: '192.0.2.7', seenAt: clock.now });

  const session = sessionOf(ports.secrets.hash(lost.secret));
  await endSession(ports, asking, { session });
  await expect(authenticator.bySession(lost.secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(endSession(ports, asking, { session })).rejects.toMatchObject({ code: 'not_found' });
  await authenticator.bySession(other.secret);
  await endOtherSessions(ports, asking, { secret: mine.secret });
  await expect(authenticator.bySession(other.secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  await authenticator.bySession(mine.secret);
  const ended = await ports.identity.audit({ limit: 9, action: 'session.ended' });
  expect(ended.map(({ details, address }) => [details['session'], address])).toEqual([
    [`all but ${sessions[0]?.id}`, '192.0.2.9'],
    [session, '192.0.2.9'],
  ]);
});

test('another account’s session is not there, and a limited key neither sees nor ends any', async () => {
  const ana = await admin();
  const { invitation } = await createAccount(ports, ana, { kind: 'user', name: 'bob' });
  const bob = await acceptInvitation(ports, asker, { token: invitation ?? '', password: OTHER });
  const session = sessionOf(ports.secrets.hash(bob.secret));
  await expect(endSession(ports, ana, { session })).rejects.toMatchObject({ code: 'not_found' });
  expect((await listSessions(ports, ana)).some(({ id }) => id === session)).toBe(false);
  const limited: Principal = { ...ana, limit: { role: 'admin', projects: [] } };
  expect(await listSessions(ports, limited)).toEqual([]);
  await expect(endOtherSessions(ports, limited, {})).rejects.toMatchObject({ code: 'forbidden' });
  const reading: Principal = { ...ana, limit: { role: 'viewer' } };
  await expect(endOtherSessions(ports, reading, {})).rejects.toMatchObject({ code: 'forbidden' });
  await authenticator.bySession(bob.secret);
});

test('an unknown name, a wrong password and a disabled account are told the same, after the same work', async () => {
  const ana = await admin();
  const { account, invitation } = await createAccount(ports, ana, { kind: 'user', name: 'bob' });
  await acceptInvitation(ports, asker, { token: invitation ?? '', password: OTHER });
  await createAccount(ports, ana, { kind: 'user', name: 'carl' });
  await updateAccount(ports, ana, { account: account.id, disabled: true });
  const sentences = new Set<string>();
  for (const [name, password] of [
    ['nobody', PASSWORD],
    ['ana', OTHER],
    ['bob', OTHER],
    ['carl', PASSWORD],
    ['no name at all!', PASSWORD],
  ] as const) {
    const before = ports.secrets.verifications;
    const refusal: unknown = await logIn(ports, asker, { name, password }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'unauthenticated' });
    sentences.add((refusal as Error).message);
    expect(ports.secrets.verifications).toBe(before + 1);
  }
  expect([...sentences]).toEqual(['The name or the password is wrong.']);
  const refused = await ports.identity.audit({ limit: 10, action: 'session.refused' });
  expect(refused.map(({ details }) => [details['name'], details['reason']])).toEqual([
    [undefined, 'unknown name'],
    ['carl', 'wrong password'],
    ['bob', 'disabled'],
    ['ana', 'wrong password'],
    [undefined, 'unknown name'],
  ]);
  expect(JSON.stringify(refused)).not.toContain(OTHER);
  expect(JSON.stringify(refused)).not.toContain('no name');
});

test('a log-out ends the session at once; a second one is fine', async () => {
  await admin();
  const { secret } = await logIn(ports, asker, { name: 'ana', password: PASSWORD });
  await authenticator.bySession(secret);
  await logOut(ports, asker, { secret });
  await expect(authenticator.bySession(secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  await logOut(ports, asker, { secret });
  expect((await actions()).filter((action) => action === 'session.ended')).toHaveLength(1);
});

test('of two acceptances of one invitation at once exactly one wins, and the other opens no session', async () => {
  const ana = await admin();
  const { account, invitation } = await createAccount(ports, ana, { kind: 'user', name: 'bob' });
  const outcomes = await Promise.allSettled(
    [PASSWORD, OTHER].map((password) =>
      acceptInvitation(ports, asker, { token: invitation ?? '', password }),
    ),
  );
  const won = outcomes.findIndex((outcome) => outcome.status === 'fulfilled');
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await ports.identity.passwordHash(account.id)).toBe(`$quick$${[PASSWORD, OTHER][won]}`);
  expect(await ports.identity.audit({ limit: 9, actor: account.id, action: 'session.opened' })).toHaveLength(
    1,
  );
});

test('a new invitation for a forgotten password ends all sessions and voids the one before', async () => {
  const ana = await admin();
  const { account, invitation } = await createAccount(ports, ana, { kind: 'user', name: 'bob' });
  const bob = await acceptInvitation(ports, asker, { token: invitation ?? '', password: PASSWORD });
  const first = await inviteAccount(ports, ana, { account: account.id });
  const second = await inviteAccount(ports, ana, { account: account.id });
  const accept = (token: string) => acceptInvitation(ports, asker, { token, password: OTHER });
  await expect(accept(first.invitation)).rejects.toMatchObject({ code: 'invalid' });
  const again = await accept(second.invitation);
  await expect(authenticator.bySession(bob.secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect((await authenticator.bySession(again.secret)).id).toBe(account.id);
});

test('a changed password ends the other sessions; a wrong current one changes nothing', async () => {
  const token = (await ensureSetupToken(ports)) ?? '';
  const first = await setUp(ports, asker, { token, name: 'ana', password: PASSWORD });
  const second = await logIn(ports, asker, { name: 'ana', password: PASSWORD });
  const ana = await authenticator.bySession(second.secret);
  const change = (current: string, password: string) =>
    changePassword(ports, ana, { current, password, secret: second.secret });
  await expect(change(OTHER, OTHER)).rejects.toMatchObject({
    code: 'invalid',
    details: { field: 'current' },
  });
  await expect(change(PASSWORD, 'too short')).rejects.toMatchObject({ details: { field: 'password' } });
  await change(PASSWORD, OTHER);
  await expect(authenticator.bySession(first.secret)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect((await authenticator.bySession(second.secret)).id).toBe(ana.id);
  await logIn(ports, asker, { name: 'ana', password: OTHER });
});

test('a password means the same letters however they were typed', async () => {
  const ana = await admin();
  const { account, invitation } = await createAccount(ports, ana, { kind: 'user', name: 'zoe' });
  await acceptInvitation(ports, asker, { token: invitation ?? '', password: 'un café, deux cafés' });
  const typed = 'un café, deux cafés'.normalize('NFD');
  expect((await logIn(ports, asker, { name: 'zoe', password: typed })).account.id).toBe(account.id);
});

test.each(['', '-ana', 'ana bob', 'a'.repeat(65), 'änna', 'ana/../bob'])('the name %j is refused', (name) => {
  expect(() => accountName(name)).toThrow('A name has');
});
