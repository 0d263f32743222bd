import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

export const deletedRunsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project/deleted',
  component: lazyRouteComponent(() => import('./deleted-runs-page.tsx'), 'DeletedRunsPage'),
});

export const deletedProjectsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/deleted',
  component: lazyRouteComponent(() => import('./deleted-projects-page.tsx'), 'DeletedProjectsPage'),
});
