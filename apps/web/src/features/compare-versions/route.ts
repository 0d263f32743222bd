import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

const KEYS = ['a', 'b', 'all'] as const;
/** Which two, and whether rows that are equal are shown too. */
export type CompareSearch = { readonly [K in (typeof KEYS)[number]]?: string | undefined };

export const compareVersionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/m/$model/compare',
  validateSearch: (search: Record<string, unknown>): CompareSearch => {
    const known = KEYS.filter((key) => typeof search[key] === 'string').map((key) => [key, search[key]]);
    return Object.fromEntries(known) as CompareSearch;
  },
  component: lazyRouteComponent(() => import('./compare-page.tsx'), 'ComparePage'),
});
