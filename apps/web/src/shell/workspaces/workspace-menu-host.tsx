import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { workspacesQuery } from '../../api/workspaces.ts';

const WorkspaceMenu = lazy(async () => ({ default: (await import('./workspace-menu.tsx')).WorkspaceMenu }));

/** Not there, and not loaded, while there is one workspace only. */
export function WorkspaceMenuHost(props: { readonly triggerClass: string; readonly isIconOnly: boolean }) {
  const { data: workspaces = [] } = useQuery(workspacesQuery);
  if (workspaces.length < 2) return null;
  return (
    <Suspense>
      <WorkspaceMenu workspaces={workspaces} {...props} />
    </Suspense>
  );
}
