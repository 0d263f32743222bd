import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountId } from '#core/domain/account.ts';
import { LOCAL_OWNER, type Principal } from '#core/tracking/access/principal.ts';
import { createAccount } from '#core/tracking/accounts/create-account.ts';
import { createKey } from '#core/tracking/keys/create-key.ts';
import { setRole } from '#core/tracking/roles/set-role.ts';
import { logIn } from '#core/tracking/sessions/log-in.ts';
import { memoryServer, type MemoryServer } from '#tests/memory-server.ts';

const FIRST = 'correct horse battery';
const SECOND = 'another long password';

let server: MemoryServer;
let admin: AccountId;
let key: string;
beforeAll(async () => {
  server = await memoryServer({ flags: ['--auth', 'team'] });
  const { ports } = server;
  admin = (await createAccount(ports, LOCAL_OWNER, { kind: 'user', name: 'root' })).account.id;
  const holder = { kind: 'account', id: admin } as const;
  await setRole(ports, LOCAL_OWNER, { holder, place: { scope: 'server' }, role: 'admin' });
  const who: Principal = { kind: 'user', id: admin, grants: [] };
  key = (await createKey(ports, who, { name: 'k', role: 'admin' })).secret;
});
afterAll(() => server.app.close());

async function say(method: 'POST' | 'PATCH', path: string, body: object): Promise<number> {
  const response = await server.app.inject({
    method,
    url: `/api/2.0/mlflow/users/${path}`,
    headers: { host: 'localhost', authorization: `Bearer ${key}` },
    payload: body,
  });
  return response.statusCode;
}

test('whoever makes a user or sets his password is who did it, in one commit, and nobody is logged in by it', async () => {
  const { ports } = server;
  const before = ports.feed.latest();
  expect(await say('POST', 'create', { username: 'Ana', password: FIRST })).toBe(200);
  const ana = await ports.identity.accountNamed('ana');
  const enter = (password: string) => logIn(ports, {}, { name: 'ana', password });
  expect((await ports.identity.lastSeen()).has(ana?.id as AccountId)).toBe(false);
  const { secret } = await enter(FIRST);
  expect(await say('PATCH', 'update-password', { username: 'ana', password: SECOND })).toBe(200);
  expect(await ports.identity.session(ports.secrets.hash(secret))).toBeUndefined();
  expect((await enter(SECOND)).account.id).toBe(ana?.id);
  const entries = (await ports.identity.audit({ limit: 5 })).toReversed();
  expect(entries.map(({ action, actor }) => [action, actor.id])).toEqual([
    ['account.created', admin],
    ['password.changed', admin],
    ['session.opened', ana?.id],
    ['password.changed', admin],
    ['session.opened', ana?.id],
  ]);
  // The use of the key is noted in a commit of its own.
  expect(ports.feed.latest() - before).toBe(5);
});
