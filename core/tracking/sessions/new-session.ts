import {
  SESSION_LIMITS,
  type Account,
  type AccountId,
  type SessionId,
  type SessionLimits,
  sessionOf,
} from '#core/domain/account.ts';
import { audited } from '../audit/audited.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';

/** A log-in that stands: the secret goes into the browser's cookie and is kept nowhere else. */
export interface LoggedIn {
  readonly account: Account;
  readonly secret: string;
  /** Milliseconds UTC. */
  readonly expiresAt: number;
}

/** Who logs in, as far as the network tells. */
export interface Asker {
  readonly address?: string;
  /** What the browser calls itself; any text. */
  readonly agent?: string;
  /** Of the session that is opened; the usual ones unless told. */
  readonly limits?: SessionLimits;
}

/** Enough to tell browsers apart. */
const AGENT_LENGTH = 256;

/** A new session of an account: its secret, and the changes that open it. */
export function newSession(
  ports: Pick<Ports, 'secrets'>,
  asker: Asker,
  { account, at }: { readonly account: AccountId; readonly at: number },
): { readonly secret: string; readonly expiresAt: number; readonly changes: readonly Change[] } {
  const { address, agent, limits = SESSION_LIMITS } = asker;
  const secret = ports.secrets.token();
  const hash = ports.secrets.hash(secret);
  const expiresAt = at + limits.lifetimeMs;
  const from = {
    ...(address !== undefined && { address }),
    ...(agent !== undefined && { agent: agent.slice(0, AGENT_LENGTH).toWellFormed() }),
  };
  const details: { session: SessionId } = { session: sessionOf(hash) };
  return {
    secret,
    expiresAt,
    changes: [
      { kind: 'open-session', hash, account, expiresAt, ...from },
      audited(asker, { action: 'session.opened', subject: `account ${account}`, details }),
    ],
  };
}
