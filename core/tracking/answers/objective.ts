import type { ProjectId } from '#core/domain/ids.ts';
import { objectiveOf, type Objective, type ObjectiveChange } from '#core/domain/project.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from '../projects/find-project.ts';

export interface ObjectiveAnswer {
  /** In force now: declared, else inferred from the metrics that runs have. */
  readonly objective?: Objective;
  /** Newest first. */
  readonly history: readonly ObjectiveChange[];
}

/** Which metric a project optimises, and what it was before. @throws Fault `not_found`, `forbidden`. */
export async function findObjective(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly project: ProjectId },
): Promise<ObjectiveAnswer> {
  const project = await findProject(ports, principal, { ...ask, permission: 'run:read' });
  const runs = await ports.catalog.runs([project.id], 'active');
  const objective = objectiveOf(
    project,
    runs.flatMap(({ metrics }) => [...metrics.keys()]),
  );
  return { ...(objective && { objective }), history: project.objectives.toReversed() };
}
