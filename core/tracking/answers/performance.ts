import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Objective } from '#core/domain/project.ts';
import type { Principal } from '../access/principal.ts';
import { findRegisteredModel } from '../registry/find-registered-model.ts';
import type { Ports } from '../ports/ports.ts';
import { versionsOf } from './model-page.ts';
import { sightOf } from './sight.ts';
import type { VersionRow } from './version-rows.ts';

export interface Performance {
  /** That of the newest version that has one. */
  readonly objective?: Objective;
  /** Newest first. */
  readonly versions: readonly VersionRow[];
}

/** How the newest versions of a model do in development and in production. @throws Fault `not_found`, `forbidden`. */
export async function modelPerformance(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly model: string; readonly limit: number },
): Promise<Performance> {
  const model = await findRegisteredModel(ports, principal, ask);
  const sight = await sightOf(ports, principal, ask.workspace);
  const { rows } = await versionsOf(ports, sight, { model, limit: ask.limit });
  const objective = rows.find((row) => row.objective)?.objective;
  return { ...(objective && { objective }), versions: rows };
}
