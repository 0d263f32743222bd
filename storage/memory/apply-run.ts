import { runId } from '#core/domain/ids.ts';
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import { objectiveOf } from '#core/domain/project.ts';
import type { Objective } from '#core/domain/project.ts';
import { isEnded } from '#core/domain/run.ts';
import type { ModelEdge, ParamValue, RunStatus } from '#core/domain/run.ts';
import { sourceFromTags } from '#core/domain/source.ts';
import type { InputDataset } from '#core/domain/dataset.ts';
import type { RunChange, Tag } from '#core/tracking/ports/change.ts';
import { noProject, noTag, paramChanged, projectDeleted, taken } from '#storage/sql/refusals.ts';
import { noteEvaluates, noteInputs, noteOutputs } from './run-lineage.ts';
import { activeRun, datasetKey, existingRun, keepRun, type Applying, type RunRow } from './state.ts';

type Of<Kind extends RunChange['kind']> = Extract<RunChange, { kind: Kind }>;

const NAME_TAG = 'mlflow.runName';
const PARENT_TAG = 'mlflow.parentRunId';

/** Purging is apply-purge.ts. */
export function applyRun(applying: Applying, change: Exclude<RunChange, Of<'purge-run'>>): void {
  switch (change.kind) {
    case 'create-run':
      return createRun(applying, change);
    case 'update-run':
      return updateRun(applying, change);
    case 'delete-run': {
      const run = existingRun(applying, change.run);
      if (run.deletedAt === undefined) keepRun(applying, { ...run, deletedAt: applying.at });
      return;
    }
    case 'restore-run': {
      const { deletedAt, ...run } = existingRun(applying, change.run);
      if (deletedAt !== undefined) keepRun(applying, run);
      return;
    }
    case 'set-params':
      return setParams(applying, change);
    case 'set-tags': {
      const run = activeRun(applying, change.run);
      keepRun(applying, withTags(run, change.tags));
      return noteEvaluates(applying, run, change.tags);
    }
    case 'delete-tag':
      return deleteTag(applying, change);
    case 'add-inputs': {
      const run = activeRun(applying, change.run);
      const datasets = withDatasets(applying, run, change.datasets);
      keepRun(applying, { ...run, datasets, modelInputs: withEdges(run.modelInputs, change.models) });
      return noteInputs(applying, run, change);
    }
    case 'add-outputs': {
      const run = activeRun(applying, change.run);
      keepRun(applying, { ...run, modelOutputs: withEdges(run.modelOutputs, change.models) });
      return noteOutputs(applying, run, change.models);
    }
  }
}

function createRun(applying: Applying, { run }: Of<'create-run'>): void {
  const { state, at, actor, sequence } = applying;
  const project = state.projects.get(run.project);
  if (!project) throw noProject(run.project);
  if (project.deletedAt !== undefined) throw projectDeleted(run.project);
  if (state.runs.has(run.id)) throw taken('run', `Run with id=${run.id} already exists.`);
  const number = (state.lastRunNumber.get(run.project) ?? 0) + 1;
  state.lastRunNumber.set(run.project, number);
  const created: RunRow = {
    id: run.id,
    project: run.project,
    number,
    name: run.name,
    status: run.status,
    userId: run.userId,
    startedAt: run.startedAt,
    changedAt: at,
    createdBy: actor,
    wire: run.wire,
    artifactUri: run.artifactUri,
    source: {},
    params: new Map(),
    tags: new Map(),
    datasets: [],
    modelInputs: [],
    modelOutputs: [],
    sequence,
  };
  const named = run.name === '' ? created : withTags(created, [{ key: NAME_TAG, value: run.name }]);
  keepRun(applying, withStatus(applying, named, run.status));
}

function updateRun(applying: Applying, change: Of<'update-run'>): void {
  let run = activeRun(applying, change.run);
  if (change.name !== undefined) run = withTags(run, [{ key: NAME_TAG, value: change.name }]);
  if (change.status !== undefined) run = withStatus(applying, run, change.status);
  if (change.endedAt === null) {
    const { endedAt: _, ...open } = run;
    run = open;
  } else if (change.endedAt !== undefined) {
    run = { ...run, endedAt: change.endedAt };
  }
  keepRun(applying, run);
}

/** A run that comes to its end keeps the objective in force. */
function withStatus(applying: Applying, run: RunRow, status: RunStatus): RunRow {
  const isEnding = isEnded(status) && (!isEnded(run.status) || run.objective === undefined);
  const objective = isEnding ? objectiveInForce(applying, run.project, run.id) : undefined;
  return objective ? { ...run, status, objective } : { ...run, status };
}

function objectiveInForce({ state }: Applying, project: ProjectId, run: RunId): Objective | undefined {
  const owner = state.projects.get(project);
  const logged = state.series
    .values()
    .filter((series) => series.owner.kind === 'run' && series.owner.run === run)
    .map((series) => series.metric);
  return owner && objectiveOf(owner, logged);
}

function setParams(applying: Applying, change: Of<'set-params'>): void {
  const run = activeRun(applying, change.run);
  const params = new Map<string, ParamValue>(run.params);
  for (const { key, value } of change.params) {
    const stored = params.get(key);
    if (change.policy === 'overwrite' || !stored) params.set(key, value);
    else if (stored.text !== value.text) throw paramChanged(run.id, key, stored.text, value.text);
  }
  keepRun(applying, { ...run, params });
}

function deleteTag(applying: Applying, change: Of<'delete-tag'>): void {
  const run = activeRun(applying, change.run);
  const tags = new Map(run.tags);
  if (!tags.delete(change.key)) throw noTag('run', run.id, change.key);
  keepRun(applying, described({ ...run, tags }));
}

function withTags(run: RunRow, added: readonly Tag[]): RunRow {
  const tags = new Map(run.tags);
  for (const { key, value } of added) tags.set(key, value);
  return described({ ...run, tags });
}

/** What the document reads from its tags. A name stays when its tag is deleted. */
function described(run: RunRow): RunRow {
  const { parent: _, ...orphan } = run;
  const parent = run.tags.get(PARENT_TAG);
  return {
    ...orphan,
    name: run.tags.get(NAME_TAG) ?? run.name,
    source: sourceFromTags(run.tags),
    ...(isRunId(parent) && { parent }),
  };
}

function isRunId(text: string | undefined): text is RunId {
  if (text === undefined) return false;
  try {
    runId(text);
    return true;
  } catch {
    return false;
  }
}

function withDatasets(
  { state, at }: Applying,
  { project, datasets }: Pick<RunRow, 'project' | 'datasets'>,
  added: readonly InputDataset[],
): readonly InputDataset[] {
  const all = [...datasets];
  for (const { dataset: offered, tags } of added) {
    const row = { project, at, dataset: offered };
    const key = datasetKey(row);
    const first = state.datasets.get(key) ?? row;
    state.datasets.set(key, first);
    const { dataset } = first;
    const isThere = all.some(
      (edge) => edge.dataset.name === dataset.name && edge.dataset.digest === dataset.digest,
    );
    if (!isThere) all.push({ dataset, tags: new Map(tags) });
  }
  return all;
}

function withEdges(edges: readonly ModelEdge[], added: readonly ModelEdge[]): readonly ModelEdge[] {
  const all = new Map(edges.map((edge) => [edge.model, edge]));
  for (const edge of added) if (!all.has(edge.model)) all.set(edge.model, edge);
  return [...all.values()];
}
