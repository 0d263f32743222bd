import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

export const MODEL_TABS = ['versions', 'gates', 'activity'] as const;
export type ModelTab = (typeof MODEL_TABS)[number];

export const modelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/m/$model/{-$tab}',
  component: lazyRouteComponent(() => import('./model-page.tsx'), 'ModelPage'),
});
