import { isAtLeast, roleInWorkspace, useSession } from '../../../api/session.ts';
import { WORKSPACE } from '../../../api/workspace.ts';
import { Missing } from '../../../shell/missing-page.tsx';
import { Crumbs } from '../../../shell/top-bar-slots.tsx';
import { tt } from '../../../text/team/translate.ts';
import { PlaceAccess } from '../roles/place-access.tsx';

/** Who may what in all of this page's workspace; what holds on the server is shown and changed there. */
export function WorkspaceAccessPage() {
  const session = useSession();
  const mayChange = session.mode === 'team' && isAtLeast(roleInWorkspace(session), 'admin');
  if (!mayChange) return <Missing text={tt('workspaces.forbidden')} />;
  return (
    <PlaceAccess
      place={{ scope: 'workspace', workspace: WORKSPACE }}
      title={tt('workspaces.access', { name: WORKSPACE })}
      shortTitle={WORKSPACE}
    >
      <Crumbs>
        <span className="truncate text-ink-3">{WORKSPACE}</span>
        <span className="text-ink-3">/</span>
        <h1 className="font-semibold">{tt('roles.projectTitle')}</h1>
      </Crumbs>
    </PlaceAccess>
  );
}
