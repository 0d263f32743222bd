import {
  placeKey,
  type Role,
  type RoleBinding,
  type RoleHolder,
  type RolePlace,
} from '#core/domain/account.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseRoles } from './authorise-roles.ts';

export interface SetRole {
  readonly holder: RoleHolder;
  readonly place: RolePlace;
  /** Null takes it back. */
  readonly role: Role | null;
}

/** Gives a role at a place or takes it back; resolves with all roles at the place. @throws Fault `forbidden`, `not_found`, `conflict` when the server's last admin would lose it. */
export async function setRole(
  ports: Pick<Ports, 'catalog' | 'identity' | 'writer' | 'clock'>,
  principal: Principal,
  { holder, place, role }: SetRole,
): Promise<readonly RoleBinding[]> {
  await authoriseRoles(ports, principal, place);
  const named =
    holder.kind === 'account'
      ? await ports.identity.account(holder.id)
      : await ports.identity.team(holder.id);
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'set-role', holder, place, role },
      audited(principal, {
        action: 'role.changed',
        subject: `${holder.kind} ${holder.id}`,
        details: { name: named?.name ?? '', place: placeKey(place), role: role ?? 'none' },
      }),
    ],
  });
  return rolesAt(ports, place);
}

async function rolesAt(ports: Pick<Ports, 'identity'>, place: RolePlace): Promise<readonly RoleBinding[]> {
  const key = placeKey(place);
  return (await ports.identity.roles()).filter((binding) => placeKey(binding.place) === key);
}
