import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import { may } from '#core/tracking/access/authorise.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { missing } from '../faults.ts';
import { experimentOf } from './fields.ts';

interface Asking {
  /** Of the workspace. */
  readonly ports: Pick<Ports, 'catalog'>;
  readonly principal: Principal;
  readonly workspace: WorkspaceId;
}

/**
 * Below `/w/<workspace>` a client that names no experiment sends `0`, which is of workspace `default`: it is told so,
 * rather than that its runs end up where nobody looks for them. Whoever may not read the workspace is told nothing here:
 * the operation answers him as for one that is there and not his.
 * @throws Fault `not_found`.
 */
export async function assertInWorkspace(asking: Asking, request: unknown): Promise<void> {
  const { ports, principal, workspace } = asking;
  if (workspace === DEFAULT_WORKSPACE || !may(principal, 'project:read', { workspace })) return;
  for (const id of experimentsNamed(request)) {
    if (await ports.catalog.project(experimentOf(id))) continue;
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
