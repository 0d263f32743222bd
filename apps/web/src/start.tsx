import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLive } from './api/live.ts';
import { expectSession } from './api/log-in-again.ts';
import { findSession, setSession } from './api/session.ts';
import { entrance } from './shell/entrance.ts';
import { loadLanguage, preferredLanguage } from './text/translate.ts';
import { WORKSPACE_BASE } from './api/workspace.ts';
import { App } from './app.tsx';
import { pathOfMlflowLink } from './mlflow-links.ts';

/** Who is there decides what is drawn first; a log-in or log-out loads the page anew, so that nothing is left of another. */
export async function start(root: HTMLElement): Promise<void> {
  const [session] = await Promise.all([findSession(), loadLanguage(preferredLanguage())]);
  if (session !== undefined) setSession(session);
  const isInside = session === undefined || session.mode === 'local' || session.account !== undefined;
  if (session?.account !== undefined) expectSession();
  const outside = entrance(session, location);
  // Accounts are of no workspace: their pages are another document than one of a workspace.
  if (outside !== undefined && WORKSPACE_BASE !== '') return location.replace(outside);
  const linked = isInside ? await pathOfMlflowLink(location.hash) : undefined;
  const path = outside ?? (linked && WORKSPACE_BASE + linked);
  if (path !== undefined) history.replaceState(null, '', path);
  if (isInside) startLive();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
