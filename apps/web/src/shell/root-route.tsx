import { createRootRoute } from '@tanstack/react-router';
import { AppShell } from './app-shell.tsx';
import { MissingPage } from './missing-page.tsx';
import { PageError } from './page-error.tsx';

export const rootRoute = createRootRoute({
  component: AppShell,
  notFoundComponent: MissingPage,
  errorComponent: ({ error, reset }) => <PageError error={error} onRetry={reset} />,
});
