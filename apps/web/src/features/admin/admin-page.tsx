import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Tab, Tabs } from '#ui/kit/Tabs.tsx';
import { isServerAdmin, useSession } from '../../api/session.ts';
import { Missing } from '../../shell/missing-page.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { tt } from '../../text/team/translate.ts';
import { AuditPart } from './audit/audit-part.tsx';
import { HealthPart } from './health/health-part.tsx';
import { KeysPart } from './keys/keys-part.tsx';
import { RolesPart } from './roles/roles-part.tsx';
import { adminRoute, ADMIN_PARTS, type AdminPart } from './route.ts';
import { TeamsPart } from './teams/teams-part.tsx';
import { UsersPart } from './users/users-part.tsx';
import { WorkspacesPart } from './workspaces/workspaces-part.tsx';

const PARTS: Readonly<Record<AdminPart, ComponentType>> = {
  users: UsersPart,
  teams: TeamsPart,
  workspaces: WorkspacesPart,
  roles: RolesPart,
  keys: KeysPart,
  audit: AuditPart,
  health: HealthPart,
};

/** What only the server's admins see: who is here, who may what, what was done, how the server is. */
export function AdminPage() {
  const session = useSession();
  const { part = 'users' } = adminRoute.useParams();
  const open = ADMIN_PARTS.find((each) => each === part);
  if (!isServerAdmin(session) || open === undefined) return <Missing text={tt('admin.forbidden')} />;
  return <Admin key={open} open={open} />;
}

function Admin({ open }: { readonly open: AdminPart }) {
  useTitle(`${tt(`admin.${open}`)}, ${tt('admin.title')}`);
  const Part = PARTS[open];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Crumbs>
        <span className="text-ink-3 max-sm:hidden">{tt('admin.title')}</span>
        <span className="text-ink-3 max-sm:hidden">/</span>
        <h1 className="truncate font-semibold">{tt(`admin.${open}`)}</h1>
      </Crumbs>
      <Tabs label={tt('admin.parts')}>
        {ADMIN_PARTS.map((part) => (
          <Tab key={part} isActive={part === open}>
            <Link to="/admin/{-$part}" params={{ part: part === 'users' ? undefined : part }}>
              {tt(`admin.${part}`)}
            </Link>
          </Tab>
        ))}
      </Tabs>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
        <Part />
      </div>
    </div>
  );
}
