import type { Session } from '../api/identity.ts';

/** Pages for whoever is not logged in. */
export const OUTSIDE_PATHS = ['/setup', '/login', '/join'];

interface Here {
  readonly origin: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/**
 * Where somebody must go before anything else: to set-up while no account exists, to the log-in while nobody is logged
 * in (which remembers where he wanted to go), and away from both when there is nothing for them to do.
 * @returns undefined to stay.
 */
export function entrance(session: Session | undefined, here: Here): string | undefined {
  if (session === undefined) return undefined;
  const { pathname } = here;
  if (session.mode === 'local') return OUTSIDE_PATHS.includes(pathname) ? '/' : undefined;
  if (session.needsSetup) return pathname === '/setup' ? undefined : '/setup';
  if (session.account !== undefined) {
    return pathname === '/setup' || pathname === '/login' ? wantedPath(here) : undefined;
  }
  if (pathname === '/login' || pathname === '/join') return undefined;
  const wanted = `${pathname}${here.search}${here.hash}`;
  return wanted === '/' || pathname === '/setup'
    ? '/login'
    : `/login?${new URLSearchParams({ to: wanted }).toString()}`;
}

/** Where `?to=` leads, which anybody may have written: an address of this page and no other, home otherwise. */
export function wantedPath({ origin, search }: Pick<Here, 'origin' | 'search'>): string {
  const to = new URLSearchParams(search).get('to');
  if (to === null || !to.startsWith('/')) return '/';
  const url = URL.parse(to, origin);
  if (url?.origin !== origin || OUTSIDE_PATHS.includes(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
