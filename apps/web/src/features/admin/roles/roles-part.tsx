import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { rolesQuery } from '../../../api/identity.ts';
import { allProjectsQuery } from '../../../api/workspaces.ts';
import { comparePlaces, placeName } from '../../../parts/roles/places.ts';
import { tt } from '../../../text/team/translate.ts';
import { useNames } from '../names.ts';
import { RowsPanel } from '../part-state.tsx';
import { matches, SearchBox, useAdminSearch } from '../search-box.tsx';
import { GiveRoleDialog } from './give-role-dialog.tsx';
import { RolesTable } from './roles-table.tsx';

const MOST_SHOWN = 300;

/** Every role on one page, wide places first; the search finds by who or by where. */
export function RolesPart() {
  const roles = useQuery(rolesQuery());
  const projects = useQuery(allProjectsQuery);
  const names = useNames();
  const [{ q }] = useAdminSearch();
  const [isGiving, setGiving] = useState(false);
  const known = projects.data ?? [];
  const found = (roles.data ?? [])
    .filter(({ holder, place }) => matches(q, names.holderName(holder), placeName(place, known)))
    .toSorted(
      (a, b) =>
        comparePlaces(a.place, b.place, known) ||
        names.holderName(a.holder).localeCompare(names.holderName(b.holder)),
    );
  return (
    <Section
      title={tt('admin.roles')}
      note={roles.data && found.length}
      end={
        <>
          <SearchBox label={tt('roles.find')} />
          <Button look="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setGiving(true)}>
            {tt('roles.give')}
          </Button>
        </>
      }
    >
      <RowsPanel
        queries={[roles, projects]}
        isEmpty={found.length === 0}
        emptyText={tt('roles.none')}
        searched={q}
      >
        <RolesTable
          label={tt('admin.roles')}
          bindings={found.slice(0, MOST_SHOWN)}
          names={names}
          projects={known}
        />
        {found.length > MOST_SHOWN && (
          <p className="border-t border-line px-3 py-2.5 text-12 text-ink-3">
            {tt('roles.moreThan', { shown: MOST_SHOWN, count: found.length })}
          </p>
        )}
      </RowsPanel>
      {isGiving && <GiveRoleDialog onClose={() => setGiving(false)} />}
    </Section>
  );
}
