import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

export const VERSION_TABS = ['summary', 'performance', 'lineage', 'files', 'activity'] as const;
export type VersionTab = (typeof VERSION_TABS)[number];

const KEYS = ['file', 'metric'] as const;
/** What of a tab is worth a link: the open file, the metric on the chart. */
export type VersionSearch = { readonly [K in (typeof KEYS)[number]]?: string | undefined };

export const versionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/m/$model/v/$number/{-$tab}',
  validateSearch: (search: Record<string, unknown>): VersionSearch => {
    const known = KEYS.filter((key) => typeof search[key] === 'string').map((key) => [key, search[key]]);
    return Object.fromEntries(known) as VersionSearch;
  },
  component: lazyRouteComponent(() => import('./version-page.tsx'), 'VersionPage'),
});

/** `/m/churn/@production`: leads to the version that has the alias now. */
export const aliasRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/m/$model/@{$alias}',
  component: lazyRouteComponent(() => import('./alias-page.tsx'), 'AliasPage'),
});
