import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Fault } from '#core/domain/fault.ts';
import { DEFAULT_WORKSPACE, workspaceId, type WorkspaceId } from '#core/domain/ids.ts';

// A client's address may have a path: what a proxy leaves in front of everything, then `/w/<workspace>`. Both come off
// before routing, so that each wire has its routes once.

const WORKSPACE = /^\/w\/([a-z0-9][a-z0-9-]{0,62})(?=[/?]|$)/;
const NAMED = new WeakMap<IncomingMessage, WorkspaceId>();

/**
 * The URL as wires know it, for Fastify's `rewriteUrl`; `workspaceOf` answers from then on.
 * @param basePath such as `/ml`; requests without it, from a proxy that takes it off, are served as well.
 */
export function withoutBase(raw: IncomingMessage, basePath = ''): string {
  const url = afterPrefix(raw.url ?? '/', basePath);
  const [prefix, name] = WORKSPACE.exec(url) ?? [];
  if (prefix === undefined || name === undefined) return url;
  NAMED.set(raw, workspaceId(name));
  return rooted(url.slice(prefix.length));
}

/** The workspace that the request's base path names; `default` without one. */
export function workspaceOf({ raw }: FastifyRequest): WorkspaceId {
  return NAMED.get(raw) ?? DEFAULT_WORKSPACE;
}

/** A hook for wires that know no workspaces: below `/w/…` they say so, rather than answer for another one. */
export async function refuseWorkspaces(request: FastifyRequest): Promise<void> {
  const workspace = workspaceOf(request);
  if (workspace === DEFAULT_WORKSPACE) return;
  throw new Fault('not_found', `Nothing is served at ${request.url.slice(0, 200)} below /w/${workspace}.`);
}

function afterPrefix(url: string, prefix: string): string {
  const rest = url.slice(prefix.length);
  return url.startsWith(prefix) && /^([/?]|$)/.test(rest) ? rooted(rest) : url;
}

function rooted(url: string): string {
  return url.startsWith('/') ? url : `/${url}`;
}
