import type {
  Account,
  AccountId,
  ApiKey,
  Invitation,
  KeyId,
  RoleBinding,
  SecretHash,
  Session,
  Team,
  TeamId,
} from '#core/domain/account.ts';
import type { AuditEntry } from '#core/domain/audit.ts';
import type { AuditQuery, IdentityReader } from '#core/tracking/ports/identity.ts';
import { holdersOf } from './holders.ts';
import type { State } from './state.ts';

export class MemoryIdentity implements IdentityReader {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async account(id: AccountId): Promise<Account | undefined> {
    return this.#state.accounts.get(id)?.account;
  }

  async accountNamed(name: string): Promise<Account | undefined> {
    return this.#state.accounts.values().find(({ account }) => account.name === name)?.account;
  }

  async accounts(): Promise<readonly Account[]> {
    return holdersOf(this.#state).accounts;
  }

  async hasAccounts(): Promise<boolean> {
    return this.#state.accounts.values().some(() => true);
  }

  async lastSeen(): Promise<ReadonlyMap<AccountId, number>> {
    const seen = new Map<AccountId, number>();
    for (const { account, seenAt } of this.#state.accounts.values()) {
      if (seenAt !== undefined) seen.set(account.id, seenAt);
    }
    return seen;
  }

  async passwordHash(account: AccountId): Promise<string | undefined> {
    return this.#state.accounts.get(account)?.phc;
  }

  async team(id: TeamId): Promise<Team | undefined> {
    return this.#state.teams.get(id);
  }

  async teams(): Promise<readonly Team[]> {
    return holdersOf(this.#state).teams;
  }

  async roles(): Promise<readonly RoleBinding[]> {
    return holdersOf(this.#state).bindings;
  }

  async rolesOf(account: AccountId): Promise<readonly RoleBinding[]> {
    const { teams, bindings } = holdersOf(this.#state);
    const joined = teams.filter((team) => team.members.includes(account));
    const holders = new Set<string>([account, ...joined.map((team) => team.id)]);
    return bindings.filter(({ holder }) => holders.has(holder.id));
  }

  async key(id: KeyId): Promise<ApiKey | undefined> {
    return this.#state.keys.get(id)?.key;
  }

  async keyByHash(hash: SecretHash): Promise<ApiKey | undefined> {
    return this.#state.keys.values().find((row) => row.hash === hash)?.key;
  }

  async keys(account: AccountId | 'all'): Promise<readonly ApiKey[]> {
    const all = this.#state.keys.values().map(({ key }) => key);
    return all
      .filter((key) => account === 'all' || key.account === account)
      .toArray()
      .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  async session(hash: SecretHash): Promise<Session | undefined> {
    return this.#state.sessions.get(hash);
  }

  async sessions(account: AccountId): Promise<readonly Session[]> {
    return this.#state.sessions
      .values()
      .filter((session) => session.account === account)
      .toArray()
      .toSorted((a, b) => b.seenAt - a.seenAt || (a.id < b.id ? -1 : 1));
  }

  async invitation(hash: SecretHash): Promise<Invitation | undefined> {
    return this.#state.invitations.get(hash);
  }

  async audit({ before, limit, action, actor }: AuditQuery): Promise<readonly AuditEntry[]> {
    return this.#state.audit
      .values()
      .filter((entry) => before === undefined || entry.number < before)
      .filter((entry) => action === undefined || entry.action === action)
      .filter((entry) => actor === undefined || entry.actor.id === actor)
      .toArray()
      .toReversed()
      .slice(0, limit);
  }

  async *auditTrail(): AsyncGenerator<AuditEntry, void, undefined> {
    yield* this.#state.audit.values();
  }
}
