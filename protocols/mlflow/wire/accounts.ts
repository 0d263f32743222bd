// The accounts and permissions of MLflow's basic-auth app in Cairn's words: READ is viewer, EDIT editor, MANAGE admin,
// each of one project; an admin there is an admin of the server here. Source: mlflow.server.auth, client AuthServiceClient.
import { foldedName, type Account, type Role, type RoleBinding } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import { authorise } from '#core/tracking/access/authorise.ts';
import type { Context } from '../operation.ts';
import { missing } from '../faults.ts';
import { enumeration } from './fields.ts';

export const permission = enumeration(['READ', 'USE', 'EDIT', 'MANAGE', 'NO_PERMISSIONS']);

const ROLES = {
  READ: 'viewer',
  USE: 'viewer',
  EDIT: 'editor',
  MANAGE: 'admin',
  NO_PERMISSIONS: null,
} as const;
const WORDS: Readonly<Record<Role, string>> = { viewer: 'READ', editor: 'EDIT', admin: 'MANAGE' };

/** Null takes the role back. */
export function roleOf(word: keyof typeof ROLES): Role | null {
  return ROLES[word];
}

/** The account that an admin speaks of. @throws Fault `forbidden` before anything is looked up, and as `accountNamed`. */
export async function accountForAdmin(context: Context, username: string): Promise<Account> {
  authorise(context.principal, 'server:admin');
  return accountNamed(context, username);
}

/** The account of that name; a disabled one is deleted in MLflow's eyes. @throws Fault `unsupported` in local mode, `not_found`. */
export async function accountNamed({ ports, edge }: Context, username: string): Promise<Account> {
  assertTeam(edge);
  const account = await ports.identity.accountNamed(foldedName(username));
  if (!account || account.disabledAt !== undefined) {
    throw missing('account', `User with username=${username.slice(0, 100)} not found`);
  }
  return account;
}

/** @throws Fault `unsupported`: a server without log-in has no accounts. */
export function assertTeam(edge: Context['edge']): void {
  if (edge.facts.mode === 'local') {
    throw new Fault(
      'unsupported',
      'This server runs without log-in and has no accounts: start it with --auth team.',
    );
  }
}

export function presentPermission(account: Account, project: ProjectId, role: Role): object {
  return { experiment_id: project, user_id: account.id, permission: WORDS[role] };
}

/** @param bindings what the account holds itself. */
export function presentUser(account: Account, bindings: readonly RoleBinding[]): object {
  const isAdmin = bindings.some(({ place, role }) => place.scope === 'server' && role === 'admin');
  const permissions = bindings.flatMap(({ place, role }) =>
    place.scope === 'project' ? [presentPermission(account, place.project, role)] : [],
  );
  return {
    user: {
      id: account.id,
      username: account.name,
      is_admin: isAdmin,
      experiment_permissions: permissions,
      registered_model_permissions: [],
    },
  };
}
