import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

/** The newest version. */
export const datasetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/d/$dataset',
  component: lazyRouteComponent(() => import('./dataset-page.tsx'), 'DatasetPage'),
});

export const datasetVersionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/d/$dataset/v/$number',
  component: lazyRouteComponent(() => import('./dataset-page.tsx'), 'DatasetPage'),
});
