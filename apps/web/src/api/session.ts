import { useSyncExternalStore } from 'react';
import type { AccountJson, Role, Session } from './identity.ts';
import { server } from './server.ts';
import { WORKSPACE } from './workspace.ts';

// Who the page talks to the server as. Found out once, before anything is drawn; in local mode without a request, as
// the page's own document says so.

export const LOCAL: Session = { mode: 'local', needsSetup: false, grants: [] };
const RANK: Readonly<Record<Role, number>> = { viewer: 1, editor: 2, admin: 3 };

let session: Session = LOCAL;
const listeners = new Set<() => void>();

/** @returns undefined when the server cannot be asked: the pages then say so themselves. */
export async function findSession(): Promise<Session | undefined> {
  const mode = document.querySelector<HTMLMetaElement>('meta[name="cairn-mode"]')?.content;
  if (mode === 'local') return LOCAL;
  return server.getSession({}).catch(() => undefined);
}

export function setSession(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

/** What a changed name shows everywhere. */
export function setAccount(account: AccountJson): void {
  setSession({ ...session, account });
}

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
}

/** The highest role in a project of this page's workspace, or with no project named on the server. The server decides; the page only hides. */
export function roleOf(of: Session, project?: string): Role | undefined {
  return highest(of, ({ place }) => {
    if (place.scope === 'server') return true;
    if (project === undefined) return false;
    return place.scope === 'workspace' ? place.workspace === WORKSPACE : place.project === project;
  });
}

/** The highest role on all of this page's workspace. */
export function roleInWorkspace(of: Session): Role | undefined {
  return highest(
    of,
    ({ place }) => place.scope === 'server' || (place.scope === 'workspace' && place.workspace === WORKSPACE),
  );
}

function highest({ mode, grants }: Session, holdsHere: (grant: Session['grants'][number]) => boolean) {
  if (mode === 'local') return 'admin';
  let best: Role | undefined;
  for (const grant of grants) {
    const { role } = grant;
    const holds = holdsHere(grant);
    if (holds && (best === undefined || RANK[role] > RANK[best])) best = role;
  }
  return best;
}

export function isAtLeast(role: Role | undefined, least: Role): boolean {
  return role !== undefined && RANK[role] >= RANK[least];
}

/** Whether the pages of accounts, keys and roles are there at all, and for whom. */
export function isServerAdmin(of: Session): boolean {
  return of.mode === 'team' && roleOf(of) === 'admin';
}
