import type { ProjectId } from '#core/domain/ids.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from '../projects/find-project.ts';

export interface FieldCount {
  readonly name: string;
  readonly runs: number;
}

export interface Fields {
  readonly metrics: readonly FieldCount[];
  readonly params: readonly FieldCount[];
  readonly tags: readonly FieldCount[];
}

/** What the active runs of a project have, most runs first: for column choosers and completion. @throws Fault `not_found`, `forbidden`. */
export async function listFields(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly project: ProjectId },
): Promise<Fields> {
  await findProject(ports, principal, { project: ask.project, permission: 'run:read' });
  const runs = await ports.catalog.runs([ask.project], 'active');
  return {
    metrics: count(runs.map((run) => run.metrics.keys())),
    params: count(runs.map((run) => run.params.keys())),
    tags: count(runs.map((run) => run.tags.keys())),
  };
}

function count(names: readonly Iterable<string>[]): FieldCount[] {
  const counts = new Map<string, number>();
  for (const some of names) for (const name of some) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, runs]) => ({ name, runs }))
    .toSorted((a, b) => b.runs - a.runs || (a.name < b.name ? -1 : 1));
}
