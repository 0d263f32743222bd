import {
  isOver,
  SESSION_LIMITS,
  type AccountId,
  type SecretHash,
  type SessionLimits,
} from '#core/domain/account.ts';
import { SYSTEM } from '#core/domain/actor.ts';
import { Fault } from '#core/domain/fault.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { concerns } from './concerns.ts';
import type { Grant, Principal } from './principal.ts';

/** Who a secret speaks for. Each answer is remembered until anything about the account, its keys or its roles changes. */
export interface Authenticator {
  /** @throws Fault `unauthenticated` with a sentence that says what is wrong with the key. */
  byKey(token: string): Promise<Principal>;
  /** @throws Fault `unauthenticated`. */
  bySession(token: string): Promise<Principal>;
  /** Hears of no more changes; not to be asked afterwards. */
  close(): void;
}

interface Known {
  readonly principal: Principal;
  readonly expiresAt: number;
  /** How its use is noted. */
  readonly touch: Touch;
  /** When its use was last noted. */
  usedAt: number;
}

type Touch = Extract<Change, { kind: 'touch-key' | 'touch-session' }>;

/** Whoever works with the server, in some megabytes at most. */
const CAPACITY = 10_000;
const TOUCH_MS = 60_000;
const KEY_SHAPE = /^cairn-[A-Za-z0-9]{40,200}$/;
const SESSION_SHAPE = /^[A-Za-z0-9]{40,200}$/;

type Needs = Pick<Ports, 'identity' | 'secrets' | 'feed' | 'writer' | 'clock'>;

/**
 * One for the life of the server: it listens to the feed from now on.
 * @param limits A session that nobody used for `idleMs` has ended.
 */
export function createAuthenticator(
  ports: Needs,
  { idleMs }: Pick<SessionLimits, 'idleMs'> = SESSION_LIMITS,
): Authenticator {
  const known = new Map<SecretHash, Known>();
  let epoch = 0;
  const forget = (isOld: (entry: Known) => boolean): void => {
    epoch += 1;
    for (const [hash, entry] of known) if (isOld(entry)) known.delete(hash);
  };
  const leave = ports.feed.subscribe(
    (event) => {
      if (event.identity) forget(({ principal }) => concerns(event, principal.id));
    },
    () => forget(() => true),
  );

  async function load(hash: SecretHash, read: Load): Promise<Known> {
    const before = epoch;
    const entry = await read(ports, hash);
    // A change that came meanwhile may have made it old.
    if (before === epoch) remember(hash, entry);
    return entry;
  }

  /** Behind those that were used since, exact to a minute. */
  function remember(hash: SecretHash, entry: Known): void {
    known.delete(hash);
    known.set(hash, entry);
    if (known.size <= CAPACITY) return;
    const [oldest] = known.keys();
    if (oldest !== undefined) known.delete(oldest);
  }

  function principalOf(hash: SecretHash, entry: Known): Principal {
    const now = ports.clock.now();
    if (entry.expiresAt <= now) throw entry.touch.kind === 'touch-key' ? expiredKey() : endedSession();
    if (now - entry.usedAt >= TOUCH_MS) {
      entry.usedAt = now;
      if (known.has(hash)) remember(hash, entry);
      noteUse(ports, entry.touch, now);
    }
    return entry.principal;
  }

  /** Another server may have noted a use that this one has not heard of. */
  function stillUsed(entry: Known | undefined): Known | undefined {
    return entry && entry.usedAt + idleMs > ports.clock.now() ? entry : undefined;
  }

  /** @throws Fault `unauthenticated`. */
  async function loadSession(needs: Needs, hash: SecretHash): Promise<Known> {
    const session = await needs.identity.session(hash);
    if (!session || isOver(session, needs.clock.now(), idleMs)) throw endedSession();
    const { id, account, expiresAt, seenAt: usedAt } = session;
    const principal = { ...(await loadAccount(needs, account)), expiresAt };
    return { principal, expiresAt, touch: { kind: 'touch-session', session: id }, usedAt };
  }

  return {
    byKey: async (token) => {
      if (!KEY_SHAPE.test(token)) throw refused('This is no API key of Cairn: those begin with cairn-.');
      const hash = ports.secrets.hash(token);
      return principalOf(hash, known.get(hash) ?? (await load(hash, loadKey)));
    },
    bySession: async (token) => {
      if (!SESSION_SHAPE.test(token)) throw endedSession();
      const hash = ports.secrets.hash(token);
      return principalOf(hash, stillUsed(known.get(hash)) ?? (await load(hash, loadSession)));
    },
    close: leave,
  };
}

type Load = (ports: Needs, hash: SecretHash) => Promise<Known>;

async function loadKey(ports: Needs, hash: SecretHash): Promise<Known> {
  const key = await ports.identity.keyByHash(hash);
  if (!key) throw refused('This API key is not known here.');
  if (key.revokedAt !== undefined) throw refused('This API key was revoked.');
  const { role, projects, expiresAt } = key;
  const limit = {
    key: key.id,
    role,
    ...(projects && { projects }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  return {
    principal: {
      ...(await loadAccount(ports, key.account)),
      limit,
      ...(expiresAt !== undefined && { expiresAt }),
    },
    expiresAt: expiresAt ?? Number.POSITIVE_INFINITY,
    touch: { kind: 'touch-key', key: key.id },
    usedAt: key.lastUsedAt ?? 0,
  };
}

async function loadAccount({ identity }: Needs, id: AccountId): Promise<Principal> {
  const [account, bindings] = await Promise.all([identity.account(id), identity.rolesOf(id)]);
  if (!account || account.disabledAt !== undefined) throw refused('This account is disabled.');
  const grants = bindings.map(({ place, role }): Grant => ({ ...place, role }));
  return { kind: account.kind, id, grants };
}

/** Not waited for: a use that is not noted is noted a minute later, and a full disk must not keep readers out. */
function noteUse(ports: Needs, touch: Touch, at: number): void {
  ports.writer.commit({ actor: SYSTEM, at, changes: [touch] }).catch(() => undefined);
}

const expiredKey = () => refused('This API key has expired.');
const endedSession = () => refused('The session has ended: log in again.');

function refused(message: string): Fault {
  return new Fault('unauthenticated', message);
}
