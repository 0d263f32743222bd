import { describe, expect } from 'vitest';
import { sessionOf } from '#core/domain/account.ts';
import { canonicalAudit, type AuditEntry } from '#core/domain/audit.ts';
import { FIRST_PREVIOUS } from '#core/domain/chain.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { quickSecrets } from './quick-secrets.ts';
import { ACTOR, AT, commitOf } from './sample-changes.ts';
import { accountIdOf, audit, createService, createUser, secretHashOf } from './sample-identity.ts';
import { specify, type MakeStore } from './specify.ts';

const ANA = accountIdOf(1);
const BOB = accountIdOf(2);
const VOID = { code: 'invalid', details: { subject: 'invitation', reason: 'wrong-state' } };
const WRONG_STATE = { code: 'invalid', details: { reason: 'wrong-state' } };
const DAY = 24 * 60 * 60 * 1000;

/** Specifies sessions, invitations and the audit log. */
export function sessionSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);
  const change = ({ writer }: Pick<Store, 'writer'>, changes: readonly Change[], at = AT) =>
    writer.commit(commitOf(changes, { at }));
  const open = (n: number, account = ANA, expiresAt = AT + DAY) =>
    ({ kind: 'open-session', hash: secretHashOf(n), account, expiresAt }) as const;
  const invite = (n: number, account?: typeof ANA, expiresAt = AT + DAY): Change => ({
    kind: 'create-invitation',
    hash: secretHashOf(n),
    expiresAt,
    ...(account && { account }),
  });
  const use = (n: number): Change => ({ kind: 'use-invitation', hash: secretHashOf(n) });

  describe(`${name}: sessions`, () => {
    it('opens sessions until they are ended, one or all but one', async (store) => {
      await change(store, [createUser(1), createUser(2), open(1), open(2), open(3), open(4, BOB)]);
      const times = { createdAt: AT, expiresAt: AT + DAY, seenAt: AT };
      const first = { id: sessionOf(secretHashOf(1)), account: ANA, ...times };
      expect(await store.identity.session(secretHashOf(1))).toEqual(first);
      await change(store, [{ kind: 'end-session', session: first.id }]);
      await change(store, [{ kind: 'end-session', session: first.id }]);
      await change(store, [{ kind: 'end-sessions', account: ANA, but: sessionOf(secretHashOf(3)) }]);
      const left = await Promise.all([1, 2, 3, 4].map((n) => store.identity.session(secretHashOf(n))));
      expect(left.map((session) => session?.account)).toEqual([undefined, undefined, ANA, BOB]);
      expect([...(await store.identity.lastSeen()).keys()].toSorted()).toEqual([ANA, BOB]);
    });

    it('lists those of an account, the one used last first, with what is known of them', async (store) => {
      const from = { address: '192.0.2.7', agent: 'Browser/1.0 (böx)' };
      await change(store, [createUser(1), createUser(2), open(1), { ...open(2), ...from }, open(4, BOB)]);
      const touch = { kind: 'touch-session', session: sessionOf(secretHashOf(2)) } as const;
      await change(store, [touch], AT + 5);
      await change(store, [touch], AT + 4);
      await change(store, [{ kind: 'touch-session', session: sessionOf(secretHashOf(9)) }], AT + 6);
      const times = { createdAt: AT, expiresAt: AT + DAY };
      expect(await store.identity.sessions(ANA)).toEqual([
        { id: sessionOf(secretHashOf(2)), account: ANA, ...times, seenAt: AT + 5, ...from },
        { id: sessionOf(secretHashOf(1)), account: ANA, ...times, seenAt: AT },
      ]);
      expect((await store.identity.lastSeen()).get(ANA)).toBe(AT + 5);
      expect(await store.identity.sessions(accountIdOf(9))).toEqual([]);
    });

    it('opens none for an account that is disabled or not there, and forgets expired ones', async (store) => {
      await change(store, [createUser(1), createUser(2), open(1, ANA, AT + 1), open(2, BOB, AT + 1)]);
      await change(store, [open(3)], AT + 1);
      expect(await store.identity.session(secretHashOf(1))).toBeUndefined();
      expect(await store.identity.session(secretHashOf(2))).toBeDefined();
      await change(store, [{ kind: 'update-account', account: BOB, isDisabled: true }]);
      await expect(change(store, [open(5, BOB)])).rejects.toMatchObject(WRONG_STATE);
      await expect(change(store, [open(5, accountIdOf(9))])).rejects.toMatchObject({ code: 'not_found' });
      await expect(change(store, [open(3)])).rejects.toMatchObject({ code: 'conflict' });
    });
  });

  describe(`${name}: invitations`, () => {
    it('are used once, whoever comes first', async (store) => {
      await change(store, [createUser(1), invite(1, ANA)]);
      expect(await store.identity.invitation(secretHashOf(1))).toEqual({ account: ANA, expiresAt: AT + DAY });
      const outcomes = await Promise.allSettled([1, 2, 3].map(() => change(store, [use(1)])));
      expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
      ]);
      expect(await store.identity.invitation(secretHashOf(1))).toBeUndefined();
    });

    it('are void when they are unknown, expired, replaced, or their account is disabled', async (store) => {
      await change(store, [createUser(1), createUser(2), createService(3)]);
      await change(store, [invite(1, ANA), invite(2, ANA), invite(3, BOB)]);
      for (const n of [1, 7]) await expect(change(store, [use(n)])).rejects.toMatchObject(VOID);
      await expect(change(store, [use(2)], AT + DAY)).rejects.toMatchObject(VOID);
      await change(store, [{ kind: 'update-account', account: BOB, isDisabled: true }]);
      await expect(change(store, [use(3)])).rejects.toMatchObject(VOID);
      await expect(change(store, [invite(4, accountIdOf(3))])).rejects.toMatchObject(WRONG_STATE);
      await expect(change(store, [invite(4, accountIdOf(9))])).rejects.toMatchObject({ code: 'not_found' });
      await change(store, [use(2)], AT + DAY - 1);
    });

    it('without account stand beside each other until there is one', async (store) => {
      await change(store, [invite(1), invite(2)]);
      await change(store, [use(1), createUser(1)]);
      await expect(change(store, [use(2), createUser(2)])).rejects.toMatchObject(VOID);
      expect(await store.identity.account(BOB)).toBeUndefined();
    });
  });

  describe(`${name}: audit log`, () => {
    it('chains what commits tell, in their order and with what they say', async (store) => {
      const more = {
        kind: 'record-audit',
        note: { action: 'key.created', subject: 'key', details: {} },
      } as const;
      await change(store, [audit('run 1', { ['__proto__']: 'x', 10: 'b', 9: 'a', ü: '🎉' }), more]);
      await change(store, [{ ...more, note: { ...more.note, address: '::1' } }], AT + 1);
      const all = await entriesOf(store);
      expect(all.map(({ number, action }) => [number, action])).toEqual([
        [1, 'run.deleted'],
        [2, 'key.created'],
        [3, 'key.created'],
      ]);
      expect(all[0]).toMatchObject({ actor: ACTOR, at: AT, subject: 'run 1', previous: FIRST_PREVIOUS });
      expect(Object.entries(all[0]?.details ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
        ['10', 'b'],
        ['9', 'a'],
        ['__proto__', 'x'],
        ['ü', '🎉'],
      ]);
      expect(all[2]?.address).toBe('::1');
      const secrets = quickSecrets();
      let previous = FIRST_PREVIOUS;
      for (const entry of all) {
        expect(entry).toMatchObject({ previous, hash: secrets.hash(canonicalAudit(entry)) });
        previous = entry.hash;
      }
    });

    it('keeps nothing of a commit that is refused, and leaves no gap', async (store) => {
      await change(store, [audit('one')]);
      await expect(change(store, [audit('two'), use(9)])).rejects.toMatchObject(VOID);
      await Promise.all([1, 2, 3].map((n) => change(store, [audit(`at once ${n}`)])));
      expect((await entriesOf(store)).map(({ number, subject }) => [number, subject])).toEqual([
        [1, 'one'],
        [2, 'at once 1'],
        [3, 'at once 2'],
        [4, 'at once 3'],
      ]);
    });

    it('is read in pages, newest first, by action and actor', async (store) => {
      const other = { kind: 'service', id: 'bot' } as const;
      for (const n of [1, 2, 3]) await change(store, [audit(`run ${n}`)]);
      await store.writer.commit(commitOf([audit('run 4')], { actor: other }));
      const numbers = async (ask: object) =>
        (await store.identity.audit({ limit: 2, ...ask })).map((entry) => entry.number);
      expect(await numbers({})).toEqual([4, 3]);
      expect(await numbers({ before: 3 })).toEqual([2, 1]);
      expect(await numbers({ actor: 'ada' })).toEqual([3, 2]);
      expect(await numbers({ actor: 'bot', action: 'run.deleted' })).toEqual([4]);
      expect(await numbers({ action: 'key.created' })).toEqual([]);
    });

    it('is read whole, however long it is', async (store) => {
      await change(
        store,
        Array.from({ length: 2001 }, (_, n) => audit(`run ${n}`)),
      );
      const numbers = (await entriesOf(store)).map((entry) => entry.number);
      expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([2001, 1, 2001]);
    });
  });
}

async function entriesOf({ identity }: Pick<Store, 'identity'>): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of identity.auditTrail()) entries.push(entry);
  return entries;
}
