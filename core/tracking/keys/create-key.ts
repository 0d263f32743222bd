import { accountId, type AccountId, type ApiKey } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { assertText } from '#core/domain/names.ts';
import { authoriseWithinLimit } from '../access/authorise-self.ts';
import { authorise, isAtLeast } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';

export interface CreateKey extends Pick<ApiKey, 'name' | 'role' | 'projects' | 'expiresAt'> {
  /** A service account; absent: one's own. */
  readonly account?: AccountId;
}

export interface CreatedKey {
  readonly key: ApiKey;
  /** Shown this once. */
  readonly secret: string;
}

const SHOWN_CHARACTERS = 'cairn-AbCd'.length;
/** The last time that has a date (ECMA-262, Time Values). */
const LAST_TIME_MS = 8.64e15;

/**
 * Makes a key of one's own account, or as the server's admin of a service account. A key that asks gives no more than it
 * has: no higher role, no further project, no longer life.
 * @throws Fault `forbidden`, `not_found`, `invalid`.
 */
export async function createKey(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  ask: CreateKey,
): Promise<CreatedKey> {
  const account = await authoriseFor(ports, principal, ask.account);
  assertWithinLimit(principal, ask);
  const { name, role, projects, expiresAt } = ask;
  assertText('name', name);
  const at = ports.clock.now();
  if (expiresAt !== undefined && !(expiresAt > at && expiresAt <= LAST_TIME_MS)) {
    throw new Fault('invalid', 'A key expires in the future, before the year 275760.', {
      field: 'expiresAt',
    });
  }
  const secret = ports.secrets.token('cairn-');
  const id = ports.ids.keyId();
  const key = {
    id,
    account,
    name,
    role,
    prefix: secret.slice(0, SHOWN_CHARACTERS),
    ...(projects && { projects: [...new Set(projects)] }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  const details = {
    account,
    name,
    role,
    ...(projects && { projects: projects.join(' ') }),
    expiresAt: expiresAt === undefined ? 'never' : new Date(expiresAt).toISOString(),
  };
  await ports.writer.commit({
    actor: actorOf(principal),
    at,
    changes: [
      { kind: 'create-key', key, hash: ports.secrets.hash(secret) },
      audited(principal, { action: 'key.created', subject: `key ${id}`, details }),
    ],
  });
  return { key: { ...key, createdAt: at }, secret };
}

async function authoriseFor(
  ports: Pick<Ports, 'identity'>,
  principal: Principal,
  wanted: AccountId | undefined,
): Promise<AccountId> {
  if (wanted === undefined || wanted === principal.id) return authoriseWithinLimit(principal);
  authorise(principal, 'server:admin');
  const account = await ports.identity.account(accountId(wanted));
  if (!account) throw new Fault('not_found', `No account with id ${wanted} exists.`, { subject: 'account' });
  if (account.kind === 'service') return account.id;
  throw new Fault(
    'forbidden',
    'Permission denied: a user makes his keys himself, so that nobody else knows them.',
  );
}

function assertWithinLimit({ limit }: Principal, ask: CreateKey): void {
  if (!limit) return;
  const isRoleWithin = isAtLeast(limit.role, ask.role);
  const areProjectsWithin =
    !limit.projects || ask.projects?.every((project) => limit.projects?.includes(project)) === true;
  const isLifeWithin =
    limit.expiresAt === undefined || (ask.expiresAt !== undefined && ask.expiresAt <= limit.expiresAt);
  if (isRoleWithin && areProjectsWithin && isLifeWithin) return;
  throw new Fault(
    'forbidden',
    'Permission denied: a key gives no higher role, no further project and no longer life than its own.',
  );
}
