import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { homeQuery, queryClient } from '../../api/queries.ts';
import { rootRoute } from '../../shell/root-route.tsx';

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: () => void queryClient.prefetchQuery(homeQuery),
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
});
