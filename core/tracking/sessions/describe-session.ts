import type { Account } from '#core/domain/account.ts';
import { accountId } from '#core/domain/account.ts';
import { hasAccount } from '../access/authorise.ts';
import type { Grant, Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** Who talks to the server, for the page to decide what it shows. */
export interface SessionFacts {
  /** The server waits for its first admin. */
  readonly needsSetup: boolean;
  readonly account?: Account;
  readonly grants: readonly Grant[];
  /** Of the browser's session; absent when a key asks. */
  readonly expiresAt?: number;
}

/** Nothing but the asker's own: whoever has not logged in learns only whether the server is set up. */
export async function describeSession(
  ports: Pick<Ports, 'identity' | 'secrets'>,
  principal: Principal,
  ask: { readonly secret?: string } = {},
): Promise<SessionFacts> {
  if (!hasAccount(principal)) {
    const needsSetup = principal.kind !== 'local' && !(await ports.identity.hasAccounts());
    return { needsSetup, grants: principal.grants };
  }
  const account = await ports.identity.account(accountId(principal.id));
  const session =
    ask.secret === undefined ? undefined : await ports.identity.session(ports.secrets.hash(ask.secret));
  const isOwn = session?.account === principal.id;
  return {
    needsSetup: false,
    ...(account && { account }),
    grants: principal.grants,
    ...(session && isOwn && { expiresAt: session.expiresAt }),
  };
}
