import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.tsx';

/** What of the page is worth a link: the open file. */
export interface ArtifactSearch {
  readonly file?: string | undefined;
}

function validateSearch({ file }: Record<string, unknown>): ArtifactSearch {
  return typeof file === 'string' ? { file } : {};
}

/** The newest version. */
export const artifactRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/artifacts/$type/$artifact',
  validateSearch,
  component: lazyRouteComponent(() => import('./artifact-page.tsx'), 'ArtifactPage'),
});

export const artifactVersionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/artifacts/$type/$artifact/v/$number',
  validateSearch,
  component: lazyRouteComponent(() => import('./artifact-page.tsx'), 'ArtifactPage'),
});
