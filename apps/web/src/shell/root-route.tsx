import { createRootRoute, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense } from 'react';
import { WORKSPACE } from '../api/workspace.ts';
import { AppShell } from './app-shell.tsx';
import { OUTSIDE_PATHS } from './entrance.ts';
import { MissingPage } from './missing-page.tsx';
import { PageError } from './page-error.tsx';
import { WorkspaceGate } from './workspaces/workspace-gate.tsx';

/** Whoever is outside sees no navigation. */
function Root() {
  const isOutside = useLocation({ select: ({ pathname }) => OUTSIDE_PATHS.includes(pathname) });
  return isOutside ? (
    <Suspense>
      <Outlet />
    </Suspense>
  ) : (
    <WorkspaceGate workspace={WORKSPACE}>
      <AppShell />
    </WorkspaceGate>
  );
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: MissingPage,
  errorComponent: ({ error, reset }) => <PageError error={error} onRetry={reset} />,
});
