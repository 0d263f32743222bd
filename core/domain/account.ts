import { Fault } from './fault.ts';
import { idParser, type ProjectId, type WorkspaceId } from './ids.ts';

// Who may log in, and what they hold. No secret is in here: passwords and keys are kept as hashes by the store and
// never leave it again.

declare const brand: unique symbol;
/** `u-` and 16 hexadecimal digits, of users and service accounts alike. */
export type AccountId = string & { readonly [brand]: 'account' };
/** `t-` and 16 hexadecimal digits. */
export type TeamId = string & { readonly [brand]: 'team' };
/** `k-` and 16 hexadecimal digits: names a key without being one. */
export type KeyId = string & { readonly [brand]: 'key' };
/** `s-` and the first 16 hexadecimal digits of its secret's hash: names a browser's session without opening it. */
export type SessionId = string & { readonly [brand]: 'session' };
/** SHA-256 of a secret that was handed out (key, session, invitation), 64 hexadecimal digits. */
export type SecretHash = string & { readonly [brand]: 'secret hash' };

/** Each parser returns its text unchanged, or throws Fault `invalid`. */
export const accountId = idParser<AccountId>('account', /^u-[0-9a-f]{16}$/);
export const teamId = idParser<TeamId>('team', /^t-[0-9a-f]{16}$/);
export const keyId = idParser<KeyId>('key', /^k-[0-9a-f]{16}$/);
export const sessionId = idParser<SessionId>('session', /^s-[0-9a-f]{16}$/);

export type Role = 'viewer' | 'editor' | 'admin';

/** A person with a password, or a program that has keys only. */
export interface Account {
  readonly id: AccountId;
  readonly kind: 'user' | 'service';
  /** Unique, lower case, `[a-z0-9][a-z0-9._@-]{0,63}`; what is typed at the log-in. */
  readonly name: string;
  readonly displayName: string;
  /** Milliseconds UTC, as all times here. */
  readonly createdAt: number;
  /** A disabled account cannot log in and its keys and sessions are refused; what it did keeps its name. */
  readonly disabledAt?: number;
}

export interface Team {
  readonly id: TeamId;
  /** Unique. */
  readonly name: string;
  readonly members: readonly AccountId[];
  readonly createdAt: number;
}

/** Where a role holds. A role on the server holds everywhere, one on a workspace in all its projects. */
export type RolePlace =
  | { readonly scope: 'server' }
  | { readonly scope: 'workspace'; readonly workspace: WorkspaceId }
  | { readonly scope: 'project'; readonly project: ProjectId };

export type RoleHolder =
  | { readonly kind: 'account'; readonly id: AccountId }
  | { readonly kind: 'team'; readonly id: TeamId };

/** One role of one holder at one place: a later one replaces it. */
export interface RoleBinding {
  readonly holder: RoleHolder;
  readonly place: RolePlace;
  readonly role: Role;
}

/** An API key acts as its account, within its own limits. */
export interface ApiKey {
  readonly id: KeyId;
  readonly account: AccountId;
  /** What its owner calls it: `laptop`, `nightly training`. */
  readonly name: string;
  /** The first characters of the key (`cairn-AbCd`), to be recognised by. */
  readonly prefix: string;
  /** The most that it may, whatever its account may. */
  readonly role: Role;
  /** Absent: wherever its account may. */
  readonly projects?: readonly ProjectId[];
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly revokedAt?: number;
  /** Exact to a minute. */
  readonly lastUsedAt?: number;
}

/** A browser's log-in. */
export interface Session {
  readonly id: SessionId;
  readonly account: AccountId;
  readonly createdAt: number;
  /** Whatever its use. */
  readonly expiresAt: number;
  /** Last used, exact to a minute. */
  readonly seenAt: number;
  /** Where the log-in came from: the network address, and what the browser calls itself. */
  readonly address?: string;
  readonly agent?: string;
}

/** How long a log-in stands, in milliseconds: unused, and at most. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly lifetimeMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Two weeks' leave ends a session, and so does a quarter of a year, as is customary. */
export const SESSION_LIMITS: SessionLimits = { idleMs: 14 * DAY_MS, lifetimeMs: 90 * DAY_MS };

export function sessionOf(hash: SecretHash): SessionId {
  return `s-${hash.slice(0, 16)}` as SessionId;
}

/** Whether a session is over for want of use, or of age. */
export function isOver(session: Pick<Session, 'seenAt' | 'expiresAt'>, now: number, idleMs: number): boolean {
  return session.expiresAt <= now || session.seenAt + idleMs <= now;
}

/** A one-time secret that sets a password: of the first admin (no account yet), of a new user, of one who forgot it. */
export interface Invitation {
  readonly account?: AccountId;
  readonly expiresAt: number;
}

/** What is typed as a name, as it is looked up, counted and compared: letters in lower case, no space around. */
export function foldedName(typed: string): string {
  return typed.trim().toLowerCase();
}

/** The name as it is stored, which is folded. @throws Fault `invalid`. */
export function accountName(typed: string): string {
  const name = foldedName(typed);
  if (/^[a-z0-9][a-z0-9._@-]{0,63}$/.test(name)) return name;
  throw new Fault(
    'invalid',
    'A name has 1 to 64 of the characters a-z, 0-9, dot, dash, underscore and @, and begins with a letter or digit.',
    { subject: 'account', field: 'name' },
  );
}

/** The least length of a password, in characters. */
export const PASSWORD_LENGTH = 12;

/** The password as it is hashed: the same letters typed on another keyboard are the same password (NFKC). @throws Fault `invalid` when it is too short. */
export function newPassword(typed: string): string {
  const password = typed.normalize('NFKC');
  if (Array.from(password).length >= PASSWORD_LENGTH) return password;
  throw new Fault('invalid', `A password has at least ${PASSWORD_LENGTH} characters.`, { field: 'password' });
}

/** Users who are enabled and admins of the server, by themselves or by a team: somebody of them must stay. */
export function serverAdmins(
  accounts: readonly Account[],
  teams: readonly Team[],
  bindings: readonly RoleBinding[],
): readonly AccountId[] {
  const holders = new Set<AccountId>();
  for (const { holder, place, role } of bindings) {
    if (place.scope !== 'server' || role !== 'admin') continue;
    if (holder.kind === 'account') holders.add(holder.id);
    else for (const member of teams.find((team) => team.id === holder.id)?.members ?? []) holders.add(member);
  }
  return accounts
    .filter(({ id, kind, disabledAt }) => kind === 'user' && disabledAt === undefined && holders.has(id))
    .map((account) => account.id);
}

/** A text that orders bindings by holder, then place, and is equal for those that replace each other. */
export function bindingKey({ holder, place }: Pick<RoleBinding, 'holder' | 'place'>): string {
  return `${holder.kind} ${holder.id} ${placeKey(place)}`;
}

export function placeKey(place: RolePlace): string {
  if (place.scope === 'server') return 'server';
  return place.scope === 'workspace' ? `workspace ${place.workspace}` : `project ${place.project}`;
}
