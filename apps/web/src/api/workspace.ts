// The workspace that the page's address names, for the life of a document: another workspace is another page, so that
// nothing of one is left in the memory of the other.

const DEFAULT = 'default';
const [base = '', named = DEFAULT] =
  /^\/w\/([a-z0-9][a-z0-9-]{0,62})(?=\/|$)/.exec(globalThis.location?.pathname ?? '/') ?? [];

export const WORKSPACE = named;
/** What stands before every path of this page: `/w/vision`, or nothing. */
export const WORKSPACE_BASE = base;

/** The same page of another workspace. @param path from the root, `/` for its home. */
export function addressIn(workspace: string, path = '/'): string {
  return workspace === DEFAULT ? path : `/w/${workspace}${path}`;
}

/** What an MLflow client is pointed at, as this browser reached the server: right behind tunnels and proxies too. */
export function trackingUri(workspace = WORKSPACE): string {
  return `${location.origin}${addressIn(workspace, '')}`;
}
