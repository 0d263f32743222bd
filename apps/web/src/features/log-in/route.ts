import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

/** `/login?to=…` keeps where somebody wanted to go. */
export const logInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: lazyRouteComponent(() => import('./log-in-page.tsx'), 'LogInPage'),
});
