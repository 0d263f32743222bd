import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { readableProjects } from '../projects/search-projects.ts';

/** A dataset that runs of a project used, and what for. */
export interface DatasetUse {
  readonly project: ProjectId;
  readonly name: string;
  readonly digest: string;
  /** What its run said it was used for (`training` …); absent when it said nothing. */
  readonly context?: string;
}

/** Each use of a dataset by runs of these projects once, deleted runs included; by name, digest and context. */
export async function listDatasets(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly projects: readonly ProjectId[]; readonly limit: number },
): Promise<DatasetUse[]> {
  const projects = await readableProjects(ports, principal, ask.projects);
  if (projects.length === 0) return [];
  const uses = new Map<string, DatasetUse>();
  for (const run of await ports.catalog.runs(projects, 'all')) {
    for (const { dataset, tags } of run.datasets) {
      const { name, digest } = dataset;
      const context = tags.get(CONTEXT_TAG);
      uses.set(JSON.stringify([name, digest, context, run.project]), {
        project: run.project,
        name,
        digest,
        ...(context !== undefined && { context }),
      });
    }
  }
  return [...uses]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, ask.limit)
    .map(([, use]) => use);
}
