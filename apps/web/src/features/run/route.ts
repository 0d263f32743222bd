import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { CHART_KEYS } from '../../parts/charts/chart-settings.ts';
import { rootRoute } from '../../shell/root-route.tsx';

export const RUN_TABS = ['overview', 'charts', 'files', 'models'] as const;
export type RunTab = (typeof RUN_TABS)[number];

const KEYS = ['file', ...CHART_KEYS] as const;
/** What of a tab is worth a link: the open file, how the charts are drawn. */
export type RunSearch = { readonly [K in (typeof KEYS)[number]]?: string | undefined };

export const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project/runs/$number/{-$tab}',
  validateSearch: (search: Record<string, unknown>): RunSearch => {
    const known = KEYS.filter((key) => typeof search[key] === 'string').map((key) => [key, search[key]]);
    return Object.fromEntries(known) as RunSearch;
  },
  component: lazyRouteComponent(() => import('./run-page.tsx'), 'RunPage'),
});
