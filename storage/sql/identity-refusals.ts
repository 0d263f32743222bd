import { serverAdmins, type Account, type RoleBinding, type Team } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';

// The refusals that `core/tracking/ports/identity-change.ts` documents, worded once for every engine.

type Noun = 'account' | 'team' | 'key' | 'session';

export function noIdentity(subject: Noun, id: string): Fault {
  return new Fault('not_found', `No ${subject} with id ${id} exists.`, { subject, reason: 'missing' });
}

export function identityTaken(subject: Noun, what: string): Fault {
  return new Fault('conflict', `The ${subject} '${what}' already exists.`, { subject, reason: 'exists' });
}

export function noPasswordForService(id: string): Fault {
  return new Fault('invalid', `The account ${id} is a service account: it has keys and no password.`, {
    subject: 'account',
    reason: 'wrong-state',
  });
}

export function accountDisabled(id: string): Fault {
  return new Fault('invalid', `The account ${id} is disabled.`, {
    subject: 'account',
    reason: 'wrong-state',
  });
}

/** One sentence for all reasons: whoever holds a token that is none learns nothing. */
export function invitationVoid(): Fault {
  return new Fault(
    'invalid',
    'This one-time token is not valid: it was used, was replaced, or has expired.',
    { subject: 'invitation', field: 'token', reason: 'wrong-state' },
  );
}

/** Everybody and what they hold. */
export interface Holders {
  readonly accounts: readonly Account[];
  readonly teams: readonly Team[];
  readonly bindings: readonly RoleBinding[];
}

/** @throws Fault `conflict` when `after` has no admin of the server and `before` had one. */
export function assertAdminStays(before: Holders, after: Holders): void {
  const adminsOf = ({ accounts, teams, bindings }: Holders) => serverAdmins(accounts, teams, bindings);
  if (adminsOf(before).length === 0 || adminsOf(after).length > 0) return;
  throw new Fault(
    'conflict',
    'This would leave the server without an admin: make somebody else an admin of the server first.',
    { subject: 'role', reason: 'wrong-state' },
  );
}
