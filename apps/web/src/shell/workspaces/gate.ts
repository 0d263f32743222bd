import type { Session } from '../../api/identity.ts';

/** What of a workspace is in its address. */
interface Seen {
  readonly id: string;
}

export type Standing =
  | { readonly kind: 'open' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'missing' }
  /** Home of a workspace where one is nobody: one is somebody elsewhere. */
  | { readonly kind: 'elsewhere'; readonly workspace: string };

/** Pages that are of no workspace. */
const OF_THE_SERVER = /^\/(account|admin)(\/|$)/;

/** Whether the grants say already that there is such a workspace for whoever asks. */
export function isKnown({ mode, grants }: Session, workspace: string): boolean {
  if (workspace === 'default' && (mode === 'local' || grants.length === 0)) return true;
  return grants.some(
    ({ place }) =>
      (place.scope === 'workspace' && place.workspace === workspace) ||
      (place.scope === 'server' && workspace === 'default'),
  );
}

/** @param path below the workspace's base. @param seen undefined until the server has said it. */
export function standingIn(
  workspace: string,
  {
    session,
    path,
    seen,
  }: { readonly session: Session; readonly path: string; readonly seen: readonly Seen[] | undefined },
): Standing {
  if (OF_THE_SERVER.test(path) || isKnown(session, workspace)) return { kind: 'open' };
  if (seen === undefined) return { kind: 'asking' };
  if (seen.some(({ id }) => id === workspace)) return { kind: 'open' };
  const [first] = seen;
  const isHome = workspace === 'default' && path === '/';
  return isHome && first ? { kind: 'elsewhere', workspace: first.id } : { kind: 'missing' };
}
