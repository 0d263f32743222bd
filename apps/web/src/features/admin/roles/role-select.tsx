import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Select } from '#ui/kit/Select.tsx';
import { ROLES, type Role, type RoleHolder, type RolePlace } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { messageOf } from '../../../shell/page-error.tsx';
import { showToast } from '../../../shell/toasts.tsx';
import { tt } from '../../../text/team/translate.ts';

/** Gives a role at a place or, with null, takes it back. */
export function useSetRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: {
      readonly holder: RoleHolder;
      readonly place: RolePlace;
      readonly role: Role | null;
    }) => server.setRole({ body }),
    onSettled: () => client.invalidateQueries({ queryKey: ['roles'] }),
  });
}

/** A role that is changed where it stands. What the server refuses (its last admin stays) is said, and nothing moved. */
export function RoleSelect({
  label,
  holder,
  place,
  role,
  mayBeNone = false,
}: {
  readonly label: string;
  readonly holder: RoleHolder;
  readonly place: RolePlace;
  readonly role: Role | undefined;
  readonly mayBeNone?: boolean;
}) {
  const set = useSetRole();
  const shown = set.isPending ? (set.variables.role ?? undefined) : role;
  return (
    <Select<Role | ''>
      label={label}
      isQuiet
      className="-ml-2 w-[104px]"
      isDisabled={set.isPending}
      value={shown ?? ''}
      options={[
        ...(mayBeNone || shown === undefined ? [{ value: '' as const, text: tt('role.none') }] : []),
        ...ROLES.map((value) => ({ value, text: tt(`role.${value}`) })),
      ]}
      onChange={(value) =>
        set.mutate(
          { holder, place, role: value === '' ? null : value },
          { onError: (error) => showToast(messageOf(error)) },
        )
      }
    />
  );
}
