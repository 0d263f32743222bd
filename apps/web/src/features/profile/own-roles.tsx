import { useQuery } from '@tanstack/react-query';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { allProjectsQuery } from '../../api/workspaces.ts';
import { useSession } from '../../api/session.ts';
import { placeKey, placeName } from '../../parts/roles/places.ts';
import { Empty } from '../../parts/placeholders.tsx';
import { tt } from '../../text/team/translate.ts';

/** What one may, one's teams' roles included. */
export function OwnRoles() {
  const { grants } = useSession();
  const { data: projects = [] } = useQuery(allProjectsQuery);
  return (
    <Section title={tt('profile.roles')}>
      <Panel>
        {grants.length === 0 && <Empty>{tt('profile.noRoles')}</Empty>}
        <ul>
          {grants.map(({ place, role }, i) => (
            <li
              key={`${placeKey(place)} ${role} ${i}`}
              className="flex min-h-9 items-center gap-3 border-t border-line px-3 py-1 first:border-t-0"
            >
              <span className="min-w-0 flex-1 truncate">{placeName(place, projects)}</span>
              <span className="text-12 text-ink-2" title={tt(`role.${role}Means`)}>
                {tt(`role.${role}`)}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}
