import { lazy, Suspense, useSyncExternalStore } from 'react';
import { isSessionLost, onSessionLost } from '../api/log-in-again.ts';

const SessionLostDialog = lazy(async () => ({
  default: (await import('./session-lost-dialog.tsx')).SessionLostDialog,
}));

/** Loaded when a session ends, which in local mode never happens. */
export function SessionLostHost() {
  const isLost = useSyncExternalStore(onSessionLost, isSessionLost);
  return <Suspense>{isLost && <SessionLostDialog />}</Suspense>;
}
