import type { RouteOptions } from 'fastify';
import { accountId, type AccountId, type Role, type RolePlace } from '#core/domain/account.ts';
import { SYSTEM } from '#core/domain/actor.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { memoryServer, type MemoryServer } from '../memory-server.ts';

/** Who asks. Each has a key, but nobody. */
export const ROLES = [
  'nobody',
  /** Viewer of the other project alone. */
  'stranger',
  'viewer',
  'editor',
  'admin',
  /** The server's admin. */
  'owner',
  /** An editor's key that may only read. */
  'readingKey',
  /** An editor of both projects with a key for the other one. */
  'foreignKey',
  /** An admin of the server with an editor's key for our project alone. */
  'projectKey',
] as const;
export type Asker = (typeof ROLES)[number];

/** Which role each account holds in the project that is asked about. */
const HELD: Partial<Record<Asker, Role>> = {
  viewer: 'viewer',
  editor: 'editor',
  admin: 'admin',
  readingKey: 'editor',
  foreignKey: 'editor',
};

export interface Team {
  readonly server: MemoryServer;
  readonly keys: Readonly<Partial<Record<Asker, string>>>;
  readonly accounts: Readonly<Record<string, AccountId>>;
  /** Gives everybody his role in a further project of "ours", and `projectKey` a key for it alone. */
  share(project: ProjectId): Promise<void>;
}

export interface TeamOptions {
  readonly flags?: readonly string[];
  readonly onRoute?: (route: RouteOptions) => void;
}

/** A server in team mode with an account and a key for every role; `theirs` is made by the caller's function first. */
export async function teamServer(
  makeTheirs: (ports: Ports) => Promise<ProjectId>,
  options: TeamOptions = {},
): Promise<Team> {
  const server = await memoryServer({
    flags: ['--auth', 'team', ...(options.flags ?? [])],
    ...(options.onRoute && { onRoute: options.onRoute }),
  });
  const { ports } = server;
  const theirs = await makeTheirs(ports);
  const accounts = Object.fromEntries(
    ROLES.filter((role) => role !== 'nobody').map((role) => [role, ports.ids.accountId()]),
  );
  const idOf = (role: Asker): AccountId => accounts[role] ?? accountId('');
  await commit(ports, [
    ...Object.entries(accounts).map(([name, id]) => newAccount(id, name)),
    give(idOf('owner'), { scope: 'server' }, 'admin'),
    give(idOf('projectKey'), { scope: 'server' }, 'admin'),
    give(idOf('stranger'), { scope: 'project', project: theirs }, 'viewer'),
    give(idOf('foreignKey'), { scope: 'project', project: theirs }, 'editor'),
  ]);
  const keys: Partial<Record<Asker, string>> = {};
  for (const role of ROLES) {
    if (role === 'nobody' || role === 'projectKey') continue;
    const limit = {
      role: role === 'readingKey' ? 'viewer' : 'admin',
      ...(role === 'foreignKey' && { projects: [theirs] }),
    } as const;
    keys[role] = await newKey(ports, idOf(role), limit);
  }
  return {
    server,
    keys,
    accounts,
    share: async (project) => {
      const held = Object.entries(HELD);
      await commit(
        ports,
        held.map(([role, given]) => give(idOf(role as Asker), { scope: 'project', project }, given)),
      );
      keys['projectKey'] = await newKey(ports, idOf('projectKey'), { role: 'editor', projects: [project] });
    },
  };
}

export async function commit(ports: Ports, changes: readonly Change[]): Promise<void> {
  await ports.writer.commit({ actor: SYSTEM, at: ports.clock.now(), changes });
}

export function newAccount(id: AccountId, name: string): Change {
  return {
    kind: 'create-account',
    account: { id, kind: 'user', name: name.toLowerCase(), displayName: name },
  };
}

export function give(id: AccountId, place: RolePlace, role: Role): Change {
  return { kind: 'set-role', holder: { kind: 'account', id }, place, role };
}

export async function newKey(
  ports: Ports,
  account: AccountId,
  limit: { readonly role: Role; readonly projects?: readonly ProjectId[]; readonly expiresAt?: number },
): Promise<string> {
  const secret = ports.secrets.token('cairn-');
  const key = { id: ports.ids.keyId(), account, name: 'test', prefix: secret.slice(0, 10), ...limit };
  await commit(ports, [{ kind: 'create-key', key, hash: ports.secrets.hash(secret) }]);
  return secret;
}
