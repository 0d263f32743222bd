import type { Account, AccountId } from '#core/domain/account.ts';
import type { Principal } from '../access/principal.ts';
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

const SESSION_MS = 30 * 24 * 60 * 60 * 1000;

/** A new session of an account: its secret, and the changes that open it. */
export function newSession(
  ports: Pick<Ports, 'secrets'>,
  asker: Pick<Principal, 'address'>,
  { account, at }: { readonly account: AccountId; readonly at: number },
): { readonly secret: string; readonly expiresAt: number; readonly changes: readonly Change[] } {
  const secret = ports.secrets.token();
  const expiresAt = at + SESSION_MS;
  return {
    secret,
    expiresAt,
    changes: [
      { kind: 'open-session', hash: ports.secrets.hash(secret), account, expiresAt },
      audited(asker, { action: 'session.opened', subject: `account ${account}` }),
    ],
  };
}
