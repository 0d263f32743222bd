import type { Account, Role } from '#core/domain/account.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import { listRoles } from '#core/tracking/roles/list-roles.ts';
import { missing } from '../../faults.ts';
import type { Context } from '../../operation.ts';
import { accountNamed, assertTeam } from '../../wire/accounts.ts';
import { experimentOf } from '../../wire/fields.ts';

/** An account and what it holds itself at a project. */
export interface Held {
  readonly account: Account;
  readonly project: ProjectId;
  readonly role?: Role;
}

/** @throws Fault `forbidden` before any name is looked up; `not_found` for the experiment or the user. */
export async function heldRole(
  context: Context,
  { experiment_id: id, username }: { readonly experiment_id: string; readonly username: string },
): Promise<Held> {
  const project = experimentOf(id);
  assertTeam(context.edge);
  const roles = await listRoles(context.ports, context.principal, { project });
  const account = await accountNamed(context, username);
  const held = roles.find(
    ({ holder, place }) => place.scope === 'project' && holder.kind === 'account' && holder.id === account.id,
  );
  return { account, project, ...(held && { role: held.role }) };
}

/** As `heldRole`. @throws Fault `not_found` also when the account holds nothing there. */
export async function roleThatIsHeld(
  context: Context,
  request: { readonly experiment_id: string; readonly username: string },
): Promise<Required<Held>> {
  const { account, project, role } = await heldRole(context, request);
  if (role !== undefined) return { account, project, role };
  throw missing(
    'permission',
    `Experiment permission with experiment_id=${project} and username=${account.name} not found`,
  );
}
