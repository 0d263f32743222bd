import type { WorkspaceId } from '#core/domain/ids.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import { objectiveOf, type Objective, type Project } from '#core/domain/project.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

export interface ProjectOverview {
  readonly project: Project;
  readonly runs: number;
  readonly activeRuns: number;
  readonly lastActivityAt?: number;
  readonly objective?: Objective;
}

/** Projects of a workspace that the principal may see, with what goes on in them; last active first. */
export async function surveyProjects(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly view: LifecycleView },
): Promise<ProjectOverview[]> {
  const all = await ports.catalog.projects(ask.workspace, ask.view);
  const seen = all.filter((project) =>
    may(principal, 'project:read', { project: project.id, workspace: project.workspace }),
  );
  const overviews = await Promise.all(seen.map((project) => overviewOf(ports, project)));
  return overviews.toSorted((a, b) => activity(b) - activity(a));
}

/** One project with what goes on in it. */
export async function overviewOf(ports: Pick<Ports, 'catalog'>, project: Project): Promise<ProjectOverview> {
  const runs = await ports.catalog.runs([project.id], 'active');
  const objective = objectiveOf(
    project,
    runs.flatMap((run) => [...run.metrics.keys()]),
  );
  const lastActivityAt = runs.reduce((last, run) => Math.max(last, run.changedAt), 0);
  return {
    project,
    runs: runs.length,
    activeRuns: runs.filter((run) => run.status === 'running').length,
    ...(lastActivityAt > 0 && { lastActivityAt }),
    ...(objective && { objective }),
  };
}

function activity(overview: ProjectOverview): number {
  return overview.lastActivityAt ?? overview.project.createdAt;
}
