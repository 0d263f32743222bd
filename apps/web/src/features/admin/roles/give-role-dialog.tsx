import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Segmented } from '#ui/kit/Segmented.tsx';
import { Select } from '#ui/kit/Select.tsx';
import {
  holdersQuery,
  ROLES,
  type HolderName,
  type Role,
  type RoleHolder,
  type RolePlace,
} from '../../../api/identity.ts';
import { allProjectsQuery, workspacesQuery } from '../../../api/workspaces.ts';
import { FormDialog } from '../../../parts/forms/form-dialog.tsx';
import { placeKey, placeName } from '../../../parts/roles/places.ts';
import { tt } from '../../../text/team/translate.ts';
import { useSetRole } from './role-select.tsx';

/** Who, what, where; the place is fixed on a project's own page. */
export function GiveRoleDialog({
  fixedPlace,
  onClose,
}: {
  readonly fixedPlace?: RolePlace;
  readonly onClose: () => void;
}) {
  const { data: projects = [] } = useQuery(allProjectsQuery);
  const { data: workspaces = [] } = useQuery(workspacesQuery);
  const places: readonly RolePlace[] = fixedPlace
    ? [fixedPlace]
    : [
        { scope: 'server' },
        ...workspaces.map(({ id }): RolePlace => ({ scope: 'workspace', workspace: id })),
        ...projects.map(({ id }): RolePlace => ({ scope: 'project', project: id })),
      ];
  const [holderId, setHolderId] = useState('');
  const [where, setWhere] = useState(fixedPlace ? placeKey(fixedPlace) : '');
  const [role, setRole] = useState<Role>('editor');
  const set = useSetRole();
  const place = places.find((each) => placeKey(each) === where);
  const holder = holderOf(holderId);
  const isReady = holder !== undefined && place !== undefined;
  return (
    <FormDialog
      title={tt('roles.give')}
      action={tt('roles.give')}
      isReady={isReady}
      sending={set}
      onSubmit={() => {
        if (isReady) set.mutate({ holder, place, role }, { onSuccess: onClose });
      }}
      onClose={onClose}
    >
      <HolderField place={fixedPlace} value={holderId} onChange={setHolderId} />
      {!fixedPlace && (
        <Select
          label={tt('roles.where')}
          hasVisibleLabel
          value={where}
          options={[
            { value: '', text: tt('roles.choose'), isDisabled: true },
            ...places.map((each) => ({ value: placeKey(each), text: placeName(each, projects) })),
          ]}
          onChange={setWhere}
        />
      )}
      <div>
        <div className="mb-1 text-12 font-medium text-ink-2">{tt('roles.role')}</div>
        <Segmented
          label={tt('roles.role')}
          value={role}
          options={ROLES.map((value) => ({ value, text: tt(`role.${value}`) }))}
          onChange={setRole}
        />
        <p className="mt-1 text-12 text-ink-3">{tt(`role.${role}Means`)}</p>
      </div>
    </FormDialog>
  );
}

/** Everybody who can be given a role, by name. */
function HolderField({
  place,
  value,
  onChange,
}: {
  readonly place: RolePlace | undefined;
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const { data: holders = [] } = useQuery(holdersQuery(place));
  const options = holders
    .filter((holder) => holder.kind === 'team' || !holder.isDisabled)
    .map((holder) => ({ value: holder.id, text: textOf(holder) }));
  return (
    <Select
      label={tt('roles.who')}
      hasVisibleLabel
      value={value}
      options={[
        { value: '', text: tt('roles.choose'), isDisabled: true },
        ...options.toSorted((a, b) => a.text.localeCompare(b.text)),
      ]}
      onChange={onChange}
    />
  );
}

function textOf(holder: HolderName): string {
  if (holder.kind === 'team') return `${holder.name}, ${tt('roles.team')}`;
  const { name, displayName, accountKind } = holder;
  return `${displayName === name ? name : `${displayName} (${name})`}, ${tt(`roles.${accountKind}`)}`;
}

function holderOf(id: string): RoleHolder | undefined {
  if (/^u-[0-9a-f]{16}$/.test(id)) return { kind: 'account', id };
  if (/^t-[0-9a-f]{16}$/.test(id)) return { kind: 'team', id };
  return undefined;
}
