import type { Project } from '#core/domain/project.ts';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import { may } from '#core/tracking/access/authorise.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { missing } from '../faults.ts';
import { experimentOf } from './fields.ts';

interface Asking {
  readonly ports: Pick<Ports, 'catalog'>;
  readonly principal: Principal;
  readonly workspace: WorkspaceId;
}

/**
 * Below `/w/<workspace>` the experiments that a request names by id are that workspace's. A client that names none sends
 * `0`, which is of workspace `default`: it is told so, rather than that its runs end up where nobody looks for them.
 * Whoever may not know is told nothing here: the operation answers him as for one that is there and not his.
 * @throws Fault `not_found`.
 */
export async function assertInWorkspace(asking: Asking, request: unknown): Promise<void> {
  const { ports, workspace } = asking;
  if (workspace === DEFAULT_WORKSPACE) return;
  for (const id of experimentsNamed(request)) {
    const project = await ports.catalog.project(experimentOf(id));
    if (project?.workspace === workspace || !mayKnow(asking, project)) continue;
    const hint = id === '0' ? '; set an experiment by name first' : '';
    throw missing('project', `No Experiment with id=${id} exists in workspace ${workspace}${hint}.`);
  }
}

/** Whether the principal sees anyway what is in the workspace, or that the project is in another one. */
function mayKnow({ principal, workspace }: Asking, project: Project | undefined): boolean {
  if (may(principal, 'project:read', { workspace })) return true;
  if (!project) return false;
  return may(principal, 'project:read', { project: project.id, workspace: project.workspace });
}

/** `experiment_id` and `experiment_ids`, as the operations read them. */
function experimentsNamed(request: unknown): readonly string[] {
  const { experiment_id: one, experiment_ids: many } = request as Readonly<Record<string, unknown>>;
  const named: readonly unknown[] = [one, ...(Array.isArray(many) ? many : [])];
  return named.filter((id) => typeof id === 'string');
}
