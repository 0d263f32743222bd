import { createRouter } from '@tanstack/react-router';
import { adminRoute, projectAccessRoute, workspaceAccessRoute } from './features/admin/route.ts';
import { artifactRoute, artifactVersionRoute } from './features/artifact/route.ts';
import { boardRoute, projectRoute } from './features/board/route.ts';
import { datasetRoute, datasetVersionRoute } from './features/dataset/route.ts';
import { datasetsRoute } from './features/datasets/route.ts';
import { deletedProjectsRoute, deletedRunsRoute } from './features/deleted/route.ts';
import { homeRoute } from './features/home/route.ts';
import { compareVersionsRoute } from './features/compare-versions/route.ts';
import { logInRoute } from './features/log-in/route.ts';
import { modelRoute } from './features/model/route.ts';
import { aliasRoute, versionRoute } from './features/model-version/route.ts';
import { modelsRoute } from './features/models/route.ts';
import { profileRoute } from './features/profile/route.ts';
import { projectsRoute } from './features/projects/route.ts';
import { runRoute } from './features/run/route.ts';
import { joinRoute, setupRoute } from './features/setup/route.ts';
import { WORKSPACE_BASE } from './api/workspace.ts';
import { rootRoute } from './shell/root-route.tsx';
import { parseSearch, stringifySearch } from './shell/address/search-params.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    projectsRoute,
    projectRoute,
    boardRoute,
    runRoute,
    modelsRoute,
    modelRoute,
    compareVersionsRoute,
    aliasRoute,
    versionRoute,
    deletedRunsRoute,
    deletedProjectsRoute,
    projectAccessRoute,
    workspaceAccessRoute,
    datasetsRoute,
    datasetRoute,
    datasetVersionRoute,
    artifactRoute,
    artifactVersionRoute,
    profileRoute,
    adminRoute,
    setupRoute,
    joinRoute,
    logInRoute,
  ]),
  basepath: WORKSPACE_BASE === '' ? '/' : WORKSPACE_BASE,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
