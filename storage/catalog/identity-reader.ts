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
import { auditPage, auditTrail } from './audit-log.ts';
import { optional } from './documents.ts';
import { listAccounts, listBindings, listTeams } from './identity-lists.ts';
import { readAccount, readKey, readSession, readTeam } from './identity-rows.ts';
import { hasAccounts } from './identity-sessions.ts';
import type { CatalogDb } from './tables.ts';

/** Identity as it was last committed. */
export class SqlIdentityReader implements IdentityReader {
  readonly #db: CatalogDb;

  constructor(db: CatalogDb) {
    this.#db = db;
  }

  async account(id: AccountId): Promise<Account | undefined> {
    const row = await this.#db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readAccount(row);
  }

  async accountNamed(name: string): Promise<Account | undefined> {
    const query = this.#db.selectFrom('account').selectAll().where('name', '=', name);
    const row = await query.executeTakeFirst();
    return row && readAccount(row);
  }

  async accounts(): Promise<readonly Account[]> {
    return listAccounts(this.#db);
  }

  async hasAccounts(): Promise<boolean> {
    return hasAccounts(this.#db);
  }

  async lastSeen(): Promise<ReadonlyMap<AccountId, number>> {
    const rows = await this.#db.selectFrom('account').select(['id', 'seen_at']).execute();
    const seen = new Map<AccountId, number>();
    for (const { id, seen_at } of rows) if (seen_at !== null) seen.set(id as AccountId, seen_at);
    return seen;
  }

  async passwordHash(account: AccountId): Promise<string | undefined> {
    const query = this.#db.selectFrom('account').select('phc').where('id', '=', account);
    return (await query.executeTakeFirst())?.phc ?? undefined;
  }

  async team(id: TeamId): Promise<Team | undefined> {
    const row = await this.#db.selectFrom('team').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readTeam(row);
  }

  async teams(): Promise<readonly Team[]> {
    return listTeams(this.#db);
  }

  async roles(): Promise<readonly RoleBinding[]> {
    return listBindings(this.#db);
  }

  async rolesOf(account: AccountId): Promise<readonly RoleBinding[]> {
    const [teams, bindings] = await Promise.all([this.teams(), this.roles()]);
    const joined = teams.filter((team) => team.members.includes(account));
    const holders = new Set<string>([account, ...joined.map((team) => team.id)]);
    return bindings.filter(({ holder }) => holders.has(holder.id));
  }

  async key(id: KeyId): Promise<ApiKey | undefined> {
    const row = await this.#db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readKey(row);
  }

  async keyByHash(hash: SecretHash): Promise<ApiKey | undefined> {
    const query = this.#db.selectFrom('api_key').selectAll().where('hash', '=', hash);
    const row = await query.executeTakeFirst();
    return row && readKey(row);
  }

  async keys(account: AccountId | 'all'): Promise<readonly ApiKey[]> {
    let query = this.#db.selectFrom('api_key').selectAll().orderBy('created_at').orderBy('id');
    if (account !== 'all') query = query.where('account', '=', account);
    return (await query.execute()).map(readKey);
  }

  async session(hash: SecretHash): Promise<Session | undefined> {
    const query = this.#db.selectFrom('session').selectAll().where('hash', '=', hash);
    const row = await query.executeTakeFirst();
    return row && readSession(row);
  }

  async sessions(account: AccountId): Promise<readonly Session[]> {
    const query = this.#db.selectFrom('session').selectAll().where('account', '=', account);
    return (await query.orderBy('seen_at', 'desc').orderBy('hash').execute()).map(readSession);
  }

  async invitation(hash: SecretHash): Promise<Invitation | undefined> {
    const query = this.#db.selectFrom('invitation').selectAll().where('hash', '=', hash);
    const row = await query.executeTakeFirst();
    return row && { ...optional('account', row.account as AccountId | null), expiresAt: row.expires_at };
  }

  async audit(query: AuditQuery): Promise<readonly AuditEntry[]> {
    return auditPage(this.#db, query);
  }

  auditTrail(): AsyncIterable<AuditEntry> {
    return auditTrail(this.#db);
  }
}
