import { beforeEach, expect, test } from 'vitest';
import { keyId } from '#core/domain/account.ts';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import type { Principal } from '../access/principal.ts';
import { logIn } from '../sessions/log-in.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { createAccount } from './create-account.ts';
import { inviteAccount } from './invite-account.ts';
import { setPassword } from './set-password.ts';

const FIRST = 'correct horse battery';
const SECOND = 'another long password';
const NOW = 1_700_000_000_000;
const key = keyId('k-00000000000000cc');
/** An admin's program. */
const ADMIN: Principal = {
  kind: 'user',
  id: 'u-00000000000000aa',
  grants: [{ scope: 'server', role: 'admin' }],
  limit: { role: 'admin', key },
  address: '192.0.2.7',
};

let ports: ReturnType<typeof teamPorts>;
beforeEach(() => {
  ports = teamPorts(memoryStore(), { now: NOW });
});

const createAna = () => createAccount(ports, ADMIN, { kind: 'user', name: 'Ana', password: FIRST });
const enter = (password: string) => logIn(ports, {}, { name: 'ana', password });

test('an account with a password is one commit of the admin: no invitation, no session', async () => {
  const { account, invitation } = await createAna();
  expect(invitation).toBeUndefined();
  expect(ports.feed.latest()).toBe(1);
  expect(await ports.identity.lastSeen()).toEqual(new Map());
  const entries = await ports.identity.audit({ limit: 10 });
  const by = {
    actor: { kind: 'user', id: ADMIN.id },
    address: '192.0.2.7',
    subject: `account ${account.id}`,
  };
  expect(entries).toMatchObject([
    { ...by, action: 'password.changed', details: { by: 'admin', key } },
    { ...by, action: 'account.created', details: { kind: 'user', name: 'ana', key } },
  ]);
  expect((await enter(FIRST)).account).toEqual(account);
});

test('a password that an admin sets ends sessions and invitations, in one commit of his', async () => {
  const { account } = await createAna();
  const { secret } = await enter(FIRST);
  const { invitation } = await inviteAccount(ports, ADMIN, { account: account.id });
  const before = ports.feed.latest();
  await setPassword(ports, ADMIN, { account: account.id, password: SECOND });
  expect(ports.feed.latest()).toBe(before + 1);
  expect(await ports.identity.session(ports.secrets.hash(secret))).toBeUndefined();
  await expect(acceptInvitation(ports, {}, { token: invitation, password: FIRST })).rejects.toMatchObject({
    code: 'invalid',
  });
  await expect(enter(FIRST)).rejects.toMatchObject({ code: 'unauthenticated' });
  const [entry] = await ports.identity.audit({ limit: 1, action: 'password.changed' });
  expect(entry).toMatchObject({
    action: 'password.changed',
    actor: { id: ADMIN.id },
    details: { by: 'admin' },
  });
  expect((await enter(SECOND)).account.id).toBe(account.id);
});

test('a short password, one for a service account, and an unknown account are refused, and nothing is kept', async () => {
  const refusals = [
    () => createAccount(ports, ADMIN, { kind: 'user', name: 'ana', password: 'short' }),
    () => createAccount(ports, ADMIN, { kind: 'service', name: 'bot', password: FIRST }),
  ];
  for (const attempt of refusals) await expect(attempt()).rejects.toMatchObject({ code: 'invalid' });
  expect(await ports.identity.accounts()).toEqual([]);
  const { account } = await createAccount(ports, ADMIN, { kind: 'service', name: 'bot' });
  const set = (id: typeof account.id, password: string) =>
    setPassword(ports, ADMIN, { account: id, password });
  await expect(set(account.id, FIRST)).rejects.toMatchObject({ code: 'invalid' });
  await expect(set(ports.ids.accountId(), FIRST)).rejects.toMatchObject({ code: 'not_found' });
});
