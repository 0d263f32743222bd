import { toMetricValue } from '#core/contract/numbers.ts';
import type {
  ArtifactVersionJson,
  FileEntryJson,
  LoggedModelJson,
  MetricJson,
  ProjectJson,
  ProjectSummaryJson,
  RunJson,
} from '#core/contract/schemas.ts';
import type { WorkspaceJson } from '#core/contract/workspace-endpoints.ts';
import type { ArtifactVersion } from '#core/domain/artifact.ts';
import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import type { TreeEntry } from '#core/domain/file-tree.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import type { MetricSummary, Point } from '#core/domain/point.ts';
import { declaredObjective, type Project } from '#core/domain/project.ts';
import type { Run } from '#core/domain/run.ts';
import type { WorkspaceOverview } from '#core/tracking/workspaces/list-workspaces.ts';
import type { ProjectOverview } from '#core/tracking/projects/survey-projects.ts';

// Domain → contract, one function a noun.

export function presentWorkspace(overview: WorkspaceOverview): WorkspaceJson {
  const { workspace, projects, isAdmin } = overview;
  const { id, name, description, createdAt, updatedAt } = workspace;
  return { id, name, description, createdAt, updatedAt, projects, isAdmin };
}

export function presentArtifactVersion(version: ArtifactVersion): ArtifactVersionJson {
  const { workspace: _, ...shown } = version;
  return shown;
}

export function presentProject(project: Project): ProjectJson {
  const { id, workspace, name, createdAt, updatedAt, deletedAt, tags } = project;
  const objective = declaredObjective(project);
  return {
    id,
    workspace,
    name,
    slug: slug(name),
    createdAt,
    updatedAt,
    ...(deletedAt !== undefined && { deletedAt }),
    tags: pairs(tags),
    ...(objective && { objective }),
  };
}

export function presentOverview(overview: ProjectOverview): ProjectSummaryJson {
  const { project, runs, activeRuns, lastActivityAt, objective } = overview;
  return {
    ...presentProject(project),
    ...(objective && { objective }),
    runs,
    activeRuns,
    ...(lastActivityAt !== undefined && { lastActivityAt }),
  };
}

export function presentRun(run: Run): RunJson {
  const { params, tags, metrics, datasets, modelInputs, modelOutputs, ...attributes } = run;
  return {
    ...attributes,
    params: [...params].map(([key, value]) => ({ key, ...value })),
    tags: pairs(tags),
    metrics: [...metrics].map(([key, summary]) => presentMetric(key, summary)),
    datasets: datasets.map(({ dataset, tags: edge }) => {
      const context = edge.get(CONTEXT_TAG);
      return { ...dataset, ...(context !== undefined && { context }) };
    }),
    modelInputs: [...modelInputs],
    modelOutputs: [...modelOutputs],
  };
}

export function presentModel(model: LoggedModel): LoggedModelJson {
  const {
    artifactUri: _uri,
    createdBy: _actor,
    deletedAt: _deleted,
    params,
    tags,
    metrics,
    ...attributes
  } = model;
  return {
    ...attributes,
    params: pairs(params),
    tags: pairs(tags),
    metrics: metrics.map(({ owner, metric, summary }) => ({
      key: metric,
      run: owner.run,
      ...(owner.dataset && { dataset: { ...owner.dataset } }),
      last: presentPoint(summary.last),
    })),
  };
}

export function presentEntry(entry: TreeEntry): FileEntryJson {
  return { ...entry };
}

export function presentMetric(key: string, { last, min, max }: MetricSummary): MetricJson {
  return {
    key,
    last: presentPoint(last),
    ...(min && { min: presentPoint(min) }),
    ...(max && { max: presentPoint(max) }),
  };
}

function presentPoint({ step, time, value }: Point): MetricJson['last'] {
  return { step, timeMicros: time, value: toMetricValue(value) };
}

export function pairs(map: ReadonlyMap<string, string>): { key: string; value: string }[] {
  return [...map].map(([key, value]) => ({ key, value }));
}

/** Decoration of URLs: the id decides. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
