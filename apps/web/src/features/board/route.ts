import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';
import { validateBoardSearch } from './view-codec.ts';

export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/p/$project/runs', params });
  },
});

export const boardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project/runs',
  validateSearch: validateBoardSearch,
  component: lazyRouteComponent(() => import('./board-page.tsx'), 'BoardPage'),
});
