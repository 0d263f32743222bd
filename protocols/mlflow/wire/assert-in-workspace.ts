import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { missing } from '../faults.ts';
import { experimentOf } from './fields.ts';

/**
 * Below `/w/<workspace>` the experiments that a request names by id are that workspace's. A client that names none sends
 * `0`, which is of workspace `default`: it is told so, rather than that its runs end up where nobody looks for them.
 * @throws Fault `not_found`.
 */
export async function assertInWorkspace(
  { ports, workspace }: { readonly ports: Pick<Ports, 'catalog'>; readonly workspace: WorkspaceId },
  request: unknown,
): Promise<void> {
  if (workspace === DEFAULT_WORKSPACE) return;
  for (const id of experimentsNamed(request)) {
    const project = await ports.catalog.project(experimentOf(id));
    if (project?.workspace === workspace) continue;
    const hint = id === '0' ? '; set an experiment by name first' : '';
    throw missing('project', `No Experiment with id=${id} exists in workspace ${workspace}${hint}.`);
  }
}

/** `experiment_id` and `experiment_ids`, as the operations read them. */
function experimentsNamed(request: unknown): readonly string[] {
  const { experiment_id: one, experiment_ids: many } = request as Readonly<Record<string, unknown>>;
  const named: readonly unknown[] = [one, ...(Array.isArray(many) ? many : [])];
  return named.filter((id) => typeof id === 'string');
}
