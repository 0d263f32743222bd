import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { projectQuery } from '../../../api/queries.ts';
import { isAtLeast, roleOf, useSession } from '../../../api/session.ts';
import { projectOfSegment } from '../../../shell/address/addresses.ts';
import { Missing } from '../../../shell/missing-page.tsx';
import { Crumbs } from '../../../shell/top-bar-slots.tsx';
import { tt } from '../../../text/team/translate.ts';
import { projectAccessRoute } from '../route.ts';
import { PlaceAccess } from './place-access.tsx';

/** Who may what in one project. */
export function ProjectAccessPage() {
  const { project: segment } = projectAccessRoute.useParams();
  const id = projectOfSegment(segment);
  const session = useSession();
  const mayChange = session.mode === 'team' && isAtLeast(roleOf(session, id), 'admin');
  return mayChange ? <ProjectAccess id={id} segment={segment} /> : <Missing text={tt('roles.forbidden')} />;
}

function ProjectAccess({ id, segment }: { readonly id: string; readonly segment: string }) {
  const { data: project } = useQuery(projectQuery(id));
  const name = project?.name ?? id;
  return (
    <PlaceAccess
      place={{ scope: 'project', project: id }}
      title={tt('roles.project', { name })}
      shortTitle={name}
      known={[{ id, name }]}
    >
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
    </PlaceAccess>
  );
}
