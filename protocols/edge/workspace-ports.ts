import type { FastifyRequest } from 'fastify';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { withinWorkspace } from '#core/tracking/workspaces/within-workspace.ts';
import { workspaceOf } from './base-path.ts';

/** For wires whose base path names the workspace: the ports of a request, which reach no other one by any id. */
export function portsWithin(ports: Ports): (request: FastifyRequest) => Ports {
  const within = (workspace: WorkspaceId): Ports => ({
    ...ports,
    catalog: withinWorkspace(ports.catalog, workspace),
  });
  const usual = within(DEFAULT_WORKSPACE);
  return (request) => {
    const workspace = workspaceOf(request);
    return workspace === DEFAULT_WORKSPACE ? usual : within(workspace);
  };
}
