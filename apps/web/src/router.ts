import { createRouter } from '@tanstack/react-router';
import { adminRoute, projectAccessRoute } from './features/admin/route.ts';
import { boardRoute, projectRoute } from './features/board/route.ts';
import { deletedProjectsRoute, deletedRunsRoute } from './features/deleted/route.ts';
import { homeRoute } from './features/home/route.ts';
import { logInRoute } from './features/log-in/route.ts';
import { profileRoute } from './features/profile/route.ts';
import { projectsRoute } from './features/projects/route.ts';
import { runRoute } from './features/run/route.ts';
import { joinRoute, setupRoute } from './features/setup/route.ts';
import { rootRoute } from './shell/root-route.tsx';
import { parseSearch, stringifySearch } from './shell/address/search-params.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    projectsRoute,
    projectRoute,
    boardRoute,
    runRoute,
    deletedRunsRoute,
    deletedProjectsRoute,
    projectAccessRoute,
    profileRoute,
    adminRoute,
    setupRoute,
    joinRoute,
    logInRoute,
  ]),
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
