import { describe, expect } from 'vitest';
import { sessionOf } from '#core/domain/account.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE, type ProjectId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import { AT, commitOf, createProject } from './sample-changes.ts';
import {
  accountIdOf,
  createKey,
  createService,
  createTeam,
  createUser,
  giveRole,
  keyIdOf,
  secretHashOf,
  teamIdOf,
} from './sample-identity.ts';
import { specify, type MakeStore } from './specify.ts';

const [ANA, BOB, BOT] = [1, 2, 3].map(accountIdOf) as [
  ReturnType<typeof accountIdOf>,
  ReturnType<typeof accountIdOf>,
  ReturnType<typeof accountIdOf>,
];
const WRONG_STATE = { code: 'invalid', details: { reason: 'wrong-state' } };
const EXISTS = { code: 'conflict', details: { reason: 'exists' } };
const LAST_ADMIN = { code: 'conflict', details: { reason: 'wrong-state' } };
const MISSING = { code: 'not_found' };

/** Specifies `IdentityReader` and the changes of accounts, keys, teams and roles. */
export function identitySuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);
  const change = ({ writer }: Pick<Store, 'writer'>, changes: readonly Change[], at = AT) =>
    writer.commit(commitOf(changes, { at }));

  describe(`${name}: accounts`, () => {
    it('creates accounts, lists them by name and refuses a taken name or id', async (store) => {
      expect(await store.identity.hasAccounts()).toBe(false);
      await change(store, [createUser(1, 'zoe'), createService(3, 'bot')]);
      expect(await store.identity.hasAccounts()).toBe(true);
      expect((await store.identity.accounts()).map((account) => account.name)).toEqual(['bot', 'zoe']);
      expect(await store.identity.account(ANA)).toEqual({
        id: ANA,
        kind: 'user',
        name: 'zoe',
        displayName: 'ZOE',
        createdAt: AT,
      });
      expect((await store.identity.accountNamed('bot'))?.id).toBe(BOT);
      expect(await store.identity.accountNamed('Zoe')).toBeUndefined();
      await expect(change(store, [createUser(4, 'zoe')])).rejects.toMatchObject(EXISTS);
      await expect(change(store, [createUser(1, 'yan')])).rejects.toMatchObject(EXISTS);
    });

    it('changes what is named and keeps the first time of disabling', async (store) => {
      const update = (more: object, at = AT) =>
        change(store, [{ kind: 'update-account', account: ANA, ...more }], at);
      await change(store, [createUser(1, 'ana')]);
      await update({ isDisabled: true }, AT + 1);
      await update({ isDisabled: true, displayName: 'Ana' }, AT + 2);
      expect(await store.identity.account(ANA)).toMatchObject({ displayName: 'Ana', disabledAt: AT + 1 });
      await update({ displayName: 'A' });
      expect((await store.identity.account(ANA))?.disabledAt).toBe(AT + 1);
      await update({ isDisabled: false });
      expect((await store.identity.account(ANA))?.disabledAt).toBeUndefined();
      const other: Change = { kind: 'update-account', account: BOB, displayName: 'x' };
      await expect(change(store, [other])).rejects.toMatchObject(MISSING);
    });

    it('keeps the hash of a password, of users only', async (store) => {
      await change(store, [createUser(1), createService(3)]);
      expect(await store.identity.passwordHash(ANA)).toBeUndefined();
      await change(store, [{ kind: 'set-password', account: ANA, phc: '$argon2id$1' }]);
      await change(store, [{ kind: 'set-password', account: ANA, phc: '$argon2id$2' }]);
      expect(await store.identity.passwordHash(ANA)).toBe('$argon2id$2');
      const set = (account: typeof ANA) => change(store, [{ kind: 'set-password', account, phc: 'x' }]);
      await expect(set(BOT)).rejects.toMatchObject(WRONG_STATE);
      await expect(set(BOB)).rejects.toMatchObject(MISSING);
    });

    it('finds keys by hash, revoked ones too, and remembers the last use', async (store) => {
      await change(store, [
        createUser(1),
        createUser(2),
        createKey(1, 1),
        createKey(2, 2, { expiresAt: AT + 9 }),
      ]);
      expect(await store.identity.keyByHash(secretHashOf(1))).toEqual({
        id: keyIdOf(1),
        account: ANA,
        name: 'laptop',
        prefix: 'cairn-AbCd',
        role: 'editor',
        createdAt: AT,
      });
      expect((await store.identity.key(keyIdOf(2)))?.expiresAt).toBe(AT + 9);
      await change(store, [{ kind: 'touch-key', key: keyIdOf(1) }], AT + 5);
      await change(store, [{ kind: 'touch-key', key: keyIdOf(1) }], AT + 4);
      await change(store, [{ kind: 'revoke-key', key: keyIdOf(1) }], AT + 6);
      await change(store, [{ kind: 'revoke-key', key: keyIdOf(1) }], AT + 7);
      const used = { lastUsedAt: AT + 5, revokedAt: AT + 6 };
      expect(await store.identity.keyByHash(secretHashOf(1))).toMatchObject(used);
      expect(await store.identity.lastSeen()).toEqual(new Map([[ANA, AT + 5]]));
      expect((await store.identity.keys('all')).map((key) => key.id)).toEqual([keyIdOf(1), keyIdOf(2)]);
      expect((await store.identity.keys(BOB)).map((key) => key.id)).toEqual([keyIdOf(2)]);
      await expect(change(store, [createKey(1, 1)])).rejects.toMatchObject(EXISTS);
      await expect(change(store, [createKey(5, 5)])).rejects.toMatchObject(MISSING);
      for (const kind of ['touch-key', 'revoke-key'] as const) {
        await expect(change(store, [{ kind, key: keyIdOf(7) }])).rejects.toMatchObject(MISSING);
      }
    });

    it('keeps the projects that a key is limited to', async (store) => {
      const limited = { ...createKey(1, 1) } as Extract<Change, { kind: 'create-key' }>;
      const projects = [DEFAULT_PROJECT, 'a' as ProjectId];
      await change(store, [createUser(1), { ...limited, key: { ...limited.key, projects } }]);
      expect((await store.identity.key(keyIdOf(1)))?.projects).toEqual(projects);
    });
  });

  describe(`${name}: teams and roles`, () => {
    it('gives an account what its teams hold', async (store) => {
      await change(store, [createUser(1), createUser(2), createTeam(1, [1, 2, 1])]);
      expect((await store.identity.team(teamIdOf(1)))?.members).toEqual([ANA, BOB]);
      const at = { scope: 'project', project: DEFAULT_PROJECT } as const;
      const inWorkspace = { scope: 'workspace', workspace: DEFAULT_WORKSPACE } as const;
      await change(store, [
        giveRole(teamIdOf(1), 'editor', inWorkspace),
        giveRole(ANA, 'admin', at),
        giveRole(BOB, 'viewer'),
      ]);
      const rolesOf = async (id: typeof ANA) =>
        (await store.identity.rolesOf(id)).map(({ place, role }) => [place.scope, role]);
      expect(await rolesOf(ANA)).toEqual([
        ['project', 'admin'],
        ['workspace', 'editor'],
      ]);
      expect(await rolesOf(BOB)).toEqual([
        ['server', 'viewer'],
        ['workspace', 'editor'],
      ]);
      await change(store, [{ kind: 'update-team', team: teamIdOf(1), members: [BOB], name: 'vision' }]);
      expect(await rolesOf(ANA)).toEqual([['project', 'admin']]);
      await change(store, [giveRole(ANA, 'viewer', at), giveRole(BOB, null)]);
      expect(await rolesOf(ANA)).toEqual([['project', 'viewer']]);
      await change(store, [{ kind: 'delete-team', team: teamIdOf(1) }]);
      expect(await rolesOf(BOB)).toEqual([]);
      expect(await store.identity.teams()).toEqual([]);
      expect(await store.identity.roles()).toHaveLength(1);
    });

    it('refuses taken names, and members, holders and projects that are not there', async (store) => {
      await change(store, [createUser(1), createTeam(1, [], 'b'), createTeam(2, [1], 'a')]);
      expect((await store.identity.teams()).map((team) => team.name)).toEqual(['a', 'b']);
      const rename: Change = { kind: 'update-team', team: teamIdOf(1), name: 'a' };
      await expect(change(store, [createTeam(3, [], 'a')])).rejects.toMatchObject(EXISTS);
      await expect(change(store, [rename])).rejects.toMatchObject(EXISTS);
      await expect(change(store, [createTeam(3, [7])])).rejects.toMatchObject(MISSING);
      await expect(change(store, [giveRole(accountIdOf(7), 'viewer')])).rejects.toMatchObject(MISSING);
      await expect(change(store, [giveRole(teamIdOf(7), 'viewer')])).rejects.toMatchObject(MISSING);
      const nowhere = { scope: 'project', project: 'none' as ProjectId } as const;
      await expect(change(store, [giveRole(ANA, 'viewer', nowhere)])).rejects.toMatchObject(MISSING);
      const gone: Change = { kind: 'delete-team', team: teamIdOf(7) };
      await expect(change(store, [gone])).rejects.toMatchObject(MISSING);
    });

    it('keeps the last admin of the server, whichever way he would go', async (store) => {
      await change(store, [createUser(1), createUser(2), createTeam(1, [1])]);
      await change(store, [giveRole(teamIdOf(1), 'admin')]);
      const ways: Change[] = [
        giveRole(teamIdOf(1), null),
        giveRole(teamIdOf(1), 'editor'),
        { kind: 'delete-team', team: teamIdOf(1) },
        { kind: 'update-team', team: teamIdOf(1), members: [] },
        { kind: 'update-account', account: ANA, isDisabled: true },
      ];
      for (const way of ways) {
        await expect(change(store, [createUser(9), way])).rejects.toMatchObject(LAST_ADMIN);
      }
      expect(await store.identity.account(accountIdOf(9))).toBeUndefined();
      expect((await store.identity.rolesOf(ANA)).map((binding) => binding.role)).toEqual(['admin']);
      await change(store, [giveRole(BOB, 'admin'), ...ways.slice(2, 3)]);
      expect(await store.identity.rolesOf(ANA)).toEqual([]);
    });

    it('lets two admins who depose each other at once not both succeed', async (store) => {
      await change(store, [createUser(1), createUser(2), giveRole(ANA, 'admin'), giveRole(BOB, 'admin')]);
      const outcomes = await Promise.allSettled([ANA, BOB].map((id) => change(store, [giveRole(id, null)])));
      expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await store.identity.roles()).toHaveLength(1);
    });

    it('takes the roles at a project away when it is purged', async (store) => {
      const project = 'a' as ProjectId;
      await change(store, [createUser(1), createProject('a', 'a')]);
      await change(store, [giveRole(ANA, 'admin', { scope: 'project', project })]);
      await change(store, [{ kind: 'delete-project', project }]);
      await change(store, [{ kind: 'purge-project', project, limit: 1 }]);
      expect(await store.identity.roles()).toEqual([]);
    });

    it('tells the feed of what caches must hear, and of nothing else', async (store) => {
      const heard: CommitEvent['identity'][] = [];
      store.feed.subscribe((event) => heard.push(event.identity));
      await change(store, [createUser(1), createKey(1, 1)]);
      await change(store, [{ kind: 'touch-key', key: keyIdOf(1) }]);
      await change(store, [{ kind: 'revoke-key', key: keyIdOf(1) }]);
      await change(store, [giveRole(ANA, 'admin')]);
      await change(store, [createTeam(1, [1])]);
      const session = { hash: secretHashOf(1), account: ANA, expiresAt: AT + 9 };
      await change(store, [{ kind: 'open-session', ...session }]);
      const its = sessionOf(secretHashOf(1));
      await change(store, [{ kind: 'touch-session', session: its }]);
      await change(store, [{ kind: 'end-session', session: its }]);
      await change(store, [{ kind: 'end-session', session: its }]);
      await change(store, [{ kind: 'end-sessions', account: ANA }]);
      await change(store, [{ kind: 'update-account', account: ANA, displayName: 'A' }]);
      await change(store, [createUser(2), { kind: 'end-sessions', account: BOB }]);
      await change(store, [giveRole(teamIdOf(1), 'viewer')]);
      await change(store, [{ kind: 'update-team', team: teamIdOf(1), members: [] }]);
      await change(store, [{ kind: 'delete-team', team: teamIdOf(1) }]);
      const made = [undefined, undefined, [ANA], [ANA], undefined];
      const sessions = [undefined, undefined, [ANA], undefined, [ANA]];
      expect(heard).toEqual([...made, ...sessions, [ANA], [BOB], 'all', 'all', 'all']);
    });
  });
}
