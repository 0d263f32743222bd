import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';
import type { SearchText } from '../../shell/search-params.ts';

export const RUN_TABS = ['overview', 'charts', 'files', 'models'] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** What of a tab is worth a link: the open file, the chart settings. */
export interface RunSearchParams {
  readonly file?: string;
  readonly m?: string;
  readonly x?: string;
  readonly y?: string;
  readonly sm?: string;
  readonly lay?: string;
}

const KEYS = ['file', 'm', 'x', 'y', 'sm', 'lay'] as const;

export const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project/runs/$number/{-$tab}',
  validateSearch: (search: Record<string, unknown>): RunSearchParams => {
    const known = KEYS.filter((key) => typeof search[key] === 'string').map((key) => [key, search[key]]);
    return Object.fromEntries(known) as SearchText;
  },
  component: lazyRouteComponent(() => import('./run-page.tsx'), 'RunPage'),
});
