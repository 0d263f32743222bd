import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import { objectiveOf, type Objective, type Project } from '#core/domain/project.ts';
import type { Run } from '#core/domain/run.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

export interface BestRun {
  readonly project: Project;
  readonly objective: Objective;
  readonly run: Run;
  readonly value: number;
}

/** What home shows: training now, what ran last, and the best run of each project by its objective. */
export interface Survey {
  readonly training: readonly Run[];
  readonly recent: readonly Run[];
  readonly projects: readonly Project[];
  readonly best: readonly BestRun[];
}

const RECENT = 20;
const BEST = 12;

export async function surveyRuns(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly workspace?: WorkspaceId } = {},
): Promise<Survey> {
  const { workspace = DEFAULT_WORKSPACE } = ask;
  const all = await ports.catalog.projects(workspace, 'active');
  const projects = all.filter((project) =>
    may(principal, 'run:read', { project: project.id, workspace: project.workspace }),
  );
  const readable = new Set(projects.map((project) => project.id));
  const [active, recent] = await Promise.all([
    ports.catalog.activeRuns(),
    recentRuns(ports, principal, projects),
  ]);
  const training = active
    .filter((run) => run.status === 'running' && readable.has(run.project))
    .toSorted((a, b) => b.startedAt - a.startedAt);
  const best = await Promise.all(projects.map((project) => bestOf(ports, project)));
  return {
    training,
    recent: recent.filter((run) => readable.has(run.project)).slice(0, RECENT),
    projects,
    best: best
      .filter((entry) => entry !== undefined)
      .toSorted((a, b) => b.run.changedAt - a.run.changedAt)
      .slice(0, BEST),
  };
}

/** The last runs of the server, where enough of them are of these projects; else those of the projects: many newer ones of others must not push them out. */
async function recentRuns(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  projects: readonly Project[],
): Promise<readonly Run[]> {
  const ids = projects.map((project) => project.id);
  if (may(principal, 'run:read')) {
    const last = await ports.catalog.recentRuns(RECENT * 2);
    const here = last.filter((run) => ids.includes(run.project));
    if (here.length >= RECENT || last.length < RECENT * 2) return here;
  }
  const runs = ids.length === 0 ? [] : await ports.catalog.runs(ids, 'active');
  return runs.toSorted((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1));
}

async function bestOf(ports: Pick<Ports, 'catalog'>, project: Project): Promise<BestRun | undefined> {
  const runs = await ports.catalog.runs([project.id], 'active');
  const objective = objectiveOf(
    project,
    runs.flatMap((run) => [...run.metrics.keys()]),
  );
  if (!objective) return undefined;
  let best: BestRun | undefined;
  for (const run of runs) {
    const value = objectiveValue(run, objective);
    if (value === undefined) continue;
    if (!best || (objective.direction === 'max' ? value > best.value : value < best.value)) {
      best = { project, objective, run, value };
    }
  }
  return best;
}

/** The number of a run that its project's objective looks at; undefined when the run has none or it is NaN. */
export function objectiveValue(run: Pick<Run, 'metrics'>, objective: Objective): number | undefined {
  const value = run.metrics.get(objective.metric)?.[objective.aggregate]?.value;
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
