import { accountId, type AccountId } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './principal.ts';

/**
 * The asking account, which wants to change something of its own; a key that may only read may not, nor one of some
 * projects: an account is wider than those. @throws Fault `forbidden`.
 */
export function authoriseSelf(principal: Principal): AccountId {
  const account = authoriseWithinLimit(principal);
  if (principal.limit?.projects === undefined) return account;
  throw new Fault(
    'forbidden',
    'Permission denied: a key of some projects changes nothing of its account but itself.',
  );
}

/** As `authoriseSelf`, for what stays within the limit of the key that asks: whoever calls sees to that. @throws Fault `forbidden`. */
export function authoriseWithinLimit(principal: Principal): AccountId {
  authorise(principal, 'account:self');
  if (principal.limit?.role === 'viewer') {
    throw new Fault(
      'forbidden',
      'Permission denied: a key with the role viewer changes nothing of its account.',
    );
  }
  return accountId(principal.id);
}
