import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

export const ADMIN_PARTS = ['users', 'teams', 'workspaces', 'roles', 'keys', 'audit', 'health'] as const;
export type AdminPart = (typeof ADMIN_PARTS)[number];

const KEYS = ['q', 'actor', 'action'] as const;
/** What somebody looks for: the text of a search, whose entries, of which kind. */
export type AdminSearch = { readonly [K in (typeof KEYS)[number]]?: string | undefined };

export const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin/{-$part}',
  validateSearch: (search: Record<string, unknown>): AdminSearch => {
    const known = KEYS.filter((key) => typeof search[key] === 'string' && search[key] !== '');
    return Object.fromEntries(known.map((key) => [key, search[key]]));
  },
  component: lazyRouteComponent(() => import('./admin-page.tsx'), 'AdminPage'),
});

/** The same for one project, whose admins need not be the server's. */
export const projectAccessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project/access',
  component: lazyRouteComponent(() => import('./roles/project-access-page.tsx'), 'ProjectAccessPage'),
});

/** The same for all of the page's workspace. */
export const workspaceAccessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/access',
  component: lazyRouteComponent(
    () => import('./workspaces/workspace-access-page.tsx'),
    'WorkspaceAccessPage',
  ),
});
