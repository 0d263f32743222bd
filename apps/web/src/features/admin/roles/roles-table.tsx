import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import type { RoleBindingJson } from '../../../api/identity.ts';
import { ConfirmDialog } from '../../../parts/forms/confirm-dialog.tsx';
import { placeKey, placeName } from '../../../parts/roles/places.ts';
import { tt } from '../../../text/team/translate.ts';
import type { Names } from '../names.ts';
import { RoleSelect, useSetRole } from './role-select.tsx';

/** Who holds what, under a heading for each place. */
export function RolesTable({
  label,
  bindings,
  names,
  projects,
  isFixed = () => false,
}: {
  readonly label: string;
  /** In order: those of one place stand together. */
  readonly bindings: readonly RoleBindingJson[];
  readonly names: Names;
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  /** Shown, but changed elsewhere. */
  readonly isFixed?: (binding: RoleBindingJson) => boolean;
}) {
  const [doomed, setDoomed] = useState<RoleBindingJson>();
  const set = useSetRole();
  const where = ({ place }: RoleBindingJson): string => placeName(place, projects);
  const who = ({ holder }: RoleBindingJson): string => names.holderName(holder);
  const columns: TableColumn<RoleBindingJson>[] = [
    {
      id: 'holder',
      head: tt('roles.holder'),
      width: 'minmax(0,1fr)',
      render: (binding) => (
        <span className="block truncate text-13 font-medium" title={who(binding)}>
          {who(binding)}
        </span>
      ),
    },
    {
      id: 'kind',
      head: tt('roles.kind'),
      width: '96px',
      from: 'tablet',
      render: ({ holder }) => <span className="text-ink-3">{tt(`roles.${names.holderKind(holder)}`)}</span>,
    },
    {
      id: 'role',
      head: tt('roles.role'),
      width: '104px',
      render: (binding) =>
        isFixed(binding) ? (
          tt(`role.${binding.role}`)
        ) : (
          <RoleSelect
            label={tt('roles.of', { name: who(binding), place: where(binding) })}
            holder={binding.holder}
            place={binding.place}
            role={binding.role}
          />
        ),
    },
    {
      id: 'take',
      head: tt('admin.actions'),
      isHeadHidden: true,
      width: '92px',
      isNumber: true,
      render: (binding) =>
        !isFixed(binding) && (
          <Button
            look="danger"
            aria-label={`${tt('roles.takeBack')}: ${who(binding)}, ${where(binding)}`}
            onClick={() => setDoomed(binding)}
          >
            {tt('roles.takeBack')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Table
        label={label}
        columns={columns}
        rows={bindings}
        rowKey={({ holder, place }) => `${placeKey(place)} ${holder.id}`}
        isDimmed={isFixed}
        group={(binding) =>
          isFixed(binding) ? `${where(binding)}: ${tt('roles.inherited')}` : where(binding)
        }
        renderNote={({ holder }) => tt(`roles.${names.holderKind(holder)}`)}
      />
      {doomed && (
        <ConfirmDialog
          title={tt('roles.takeBackTitle', { name: who(doomed) })}
          text={tt('roles.takeBackText', {
            name: who(doomed),
            role: tt(`role.${doomed.role}`),
            place: where(doomed),
          })}
          action={tt('roles.takeBack')}
          onConfirm={() => set.mutateAsync({ holder: doomed.holder, place: doomed.place, role: null })}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </>
  );
}
