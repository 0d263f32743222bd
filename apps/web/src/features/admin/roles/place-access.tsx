import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { rolesQuery, type RoleBindingJson, type RolePlace } from '../../../api/identity.ts';
import { comparePlaces, placeKey } from '../../../parts/roles/places.ts';
import { useTitle } from '../../../shell/top-bar-slots.tsx';
import { tt } from '../../../text/team/translate.ts';
import { useNames } from '../names.ts';
import { RowsPanel } from '../part-state.tsx';
import { GiveRoleDialog } from './give-role-dialog.tsx';
import { RolesTable } from './roles-table.tsx';

/** Who holds which role in one project or workspace, for its admins; what comes from above is shown and changed there. */
export function PlaceAccess({
  place,
  title,
  shortTitle,
  known = [],
  children,
}: {
  readonly place: RolePlace;
  readonly title: string;
  readonly shortTitle: string;
  /** Names of projects that the roles may be in. */
  readonly known?: readonly { readonly id: string; readonly name: string }[];
  /** The crumbs. */
  readonly children: ReactNode;
}) {
  const roles = useQuery(rolesQuery(place));
  const names = useNames(place);
  const [isGiving, setGiving] = useState(false);
  useTitle(`${shortTitle} ${tt('roles.projectTitle')}`);
  const isOwn = ({ place: of }: RoleBindingJson): boolean => placeKey(of) === placeKey(place);
  const bindings = (roles.data ?? [])
    .filter((binding) => isOwn(binding) || binding.place.scope !== 'project')
    .toSorted(
      (a, b) =>
        -comparePlaces(a.place, b.place, known) ||
        names.holderName(a.holder).localeCompare(names.holderName(b.holder)),
    );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      {children}
      <Section
        title={title}
        note={roles.data && bindings.length}
        end={
          <Button look="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setGiving(true)}>
            {tt('roles.give')}
          </Button>
        }
      >
        <RowsPanel queries={[roles]} isEmpty={bindings.length === 0} emptyText={tt('roles.none')}>
          <RolesTable
            label={title}
            bindings={bindings}
            names={names}
            projects={known}
            isFixed={(binding) => !isOwn(binding)}
          />
        </RowsPanel>
        <p className="mt-2 text-12 text-ink-3">
          {(['viewer', 'editor', 'admin'] as const)
            .map((role) => `${tt(`role.${role}`)} ${tt(`role.${role}Means`)}`)
            .join('; ')}
        </p>
      </Section>
      {isGiving && <GiveRoleDialog fixedPlace={place} onClose={() => setGiving(false)} />}
    </div>
  );
}
