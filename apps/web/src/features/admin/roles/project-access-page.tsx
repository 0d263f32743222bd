import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { rolesQuery, type RoleBindingJson, type RolePlace } from '../../../api/identity.ts';
import { projectQuery } from '../../../api/queries.ts';
import { isAtLeast, roleOf, useSession } from '../../../api/session.ts';
import { comparePlaces } from '../../../parts/roles/places.ts';
import { projectOfSegment } from '../../../shell/address/addresses.ts';
import { Missing } from '../../../shell/missing-page.tsx';
import { Crumbs, useTitle } from '../../../shell/top-bar-slots.tsx';
import { tt } from '../../../text/team/translate.ts';
import { useNames } from '../names.ts';
import { RowsPanel } from '../part-state.tsx';
import { projectAccessRoute } from '../route.ts';
import { GiveRoleDialog } from './give-role-dialog.tsx';
import { RolesTable } from './roles-table.tsx';

/** Who may what in one project; what comes from above is shown and changed there. */
export function ProjectAccessPage() {
  const { project: segment } = projectAccessRoute.useParams();
  const id = projectOfSegment(segment);
  const session = useSession();
  const mayChange = session.mode === 'team' && isAtLeast(roleOf(session, id), 'admin');
  return mayChange ? <ProjectAccess id={id} segment={segment} /> : <Missing text={tt('roles.forbidden')} />;
}

function ProjectAccess({ id, segment }: { readonly id: string; readonly segment: string }) {
  const project = useQuery(projectQuery(id));
  const roles = useQuery(rolesQuery(id));
  const names = useNames(id);
  const [isGiving, setGiving] = useState(false);
  const name = project.data?.name ?? id;
  useTitle(`${name} ${tt('roles.projectTitle')}`);
  const place: RolePlace = { scope: 'project', project: id };
  const known = [{ id, name }];
  const isOwn = ({ place: of }: RoleBindingJson): boolean => of.scope === 'project';
  const bindings = (roles.data ?? [])
    .filter(({ place: of }) => of.scope !== 'project' || of.project === id)
    .toSorted(
      (a, b) =>
        -comparePlaces(a.place, b.place, known) ||
        names.holderName(a.holder).localeCompare(names.holderName(b.holder)),
    );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      <Crumbs>
        <Link
          to="/p/$project/runs"
          params={{ project: segment }}
          className="truncate text-ink-3 hover:text-ink"
        >
          {name}
        </Link>
        <span className="text-ink-3">/</span>
        <h1 className="font-semibold">{tt('roles.projectTitle')}</h1>
      </Crumbs>
      <Section
        title={tt('roles.project', { name })}
        note={roles.data && bindings.length}
        end={
          <Button look="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setGiving(true)}>
            {tt('roles.give')}
          </Button>
        }
      >
        <RowsPanel queries={[roles]} isEmpty={bindings.length === 0} emptyText={tt('roles.none')}>
          <RolesTable
            label={tt('roles.project', { name })}
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
