import type { InputDataset } from '#core/domain/dataset.ts';
import { objectiveOf } from '#core/domain/project.ts';
import type { Objective } from '#core/domain/project.ts';
import { isEnded } from '#core/domain/run.ts';
import type { ModelEdge, RunStatus } from '#core/domain/run.ts';
import type { RunChange, Tag } from '#core/tracking/ports/change.ts';
import { noProject, noTag, paramChanged, projectDeleted, taken } from '#storage/sql/refusals.ts';
import { activeRun, existingRun, keepRun, nextNumber, type Applying } from './applying.ts';
import { datasetKey } from './datasets.ts';
import { noteEvaluates, noteInputs, noteOutputs, saysEvaluates } from './registry/apply/derived-edges.ts';
import { describeByTags, NAME_TAG, type RunRow } from './runs.ts';

type Of<Kind extends RunChange['kind']> = Extract<RunChange, { kind: Kind }>;
/** Purging is apply-purge.ts. */
type AppliedHere = Exclude<RunChange, Of<'purge-run'>>;

export async function applyRun(applying: Applying, change: AppliedHere): Promise<void> {
  if (change.kind === 'create-run') return createRun(applying, change);
  if (change.kind === 'delete-run' || change.kind === 'restore-run') return setDeleted(applying, change);
  return keepRun(applying, await changed(applying, await activeRun(applying, change.run), change));
}

async function setDeleted(
  applying: Applying,
  { kind, run: id }: Of<'delete-run' | 'restore-run'>,
): Promise<void> {
  const { deletedAt, ...run } = await existingRun(applying, id);
  const isDeleted = deletedAt !== undefined;
  if (isDeleted === (kind === 'delete-run')) return;
  keepRun(applying, isDeleted ? run : { ...run, deletedAt: applying.at });
}

/** An active run after a change of its document. */
async function changed(
  applying: Applying,
  run: RunRow,
  change: Exclude<AppliedHere, Of<'create-run' | 'delete-run' | 'restore-run'>>,
): Promise<RunRow> {
  switch (change.kind) {
    case 'update-run':
      return updated(applying, run, change);
    case 'set-params':
      return withParams(run, change);
    case 'set-tags':
      if (saysEvaluates(change.tags)) await noteEvaluates(applying, run, change.tags);
      return withTags(run, change.tags);
    case 'delete-tag':
      return withoutTag(run, change.key);
    case 'add-inputs': {
      const datasets = await withDatasets(applying, run, change.datasets);
      await noteInputs(applying, run, change);
      return { ...run, datasets, modelInputs: withEdges(run.modelInputs, change.models) };
    }
    case 'add-outputs':
      await noteOutputs(applying, run.id, change.models);
      break;
  }
  return { ...run, modelOutputs: withEdges(run.modelOutputs, change.models) };
}

async function createRun(applying: Applying, { run }: Of<'create-run'>): Promise<void> {
  const { db, rows, at, actor, sequence } = applying;
  const owner = await rows.projects.get(db, run.project);
  if (!owner) throw noProject(run.project);
  if (owner.project.deletedAt !== undefined) throw projectDeleted(run.project);
  if (await rows.runs.get(db, run.id)) throw taken('run', `Run with id=${run.id} already exists.`);
  const { id, project, name, status, userId, startedAt, wire, artifactUri } = run;
  const created: RunRow = {
    id,
    project,
    number: await nextNumber(applying, `runs of ${project}`),
    name,
    status,
    userId,
    startedAt,
    changedAt: at,
    createdBy: actor,
    wire,
    artifactUri,
    source: {},
    params: new Map(),
    tags: new Map(),
    datasets: [],
    modelInputs: [],
    modelOutputs: [],
    sequence,
  };
  const named = name === '' ? created : withTags(created, [{ key: NAME_TAG, value: name }]);
  keepRun(applying, await withStatus(applying, named, status));
}

async function updated(applying: Applying, run: RunRow, change: Of<'update-run'>): Promise<RunRow> {
  let next = run;
  if (change.name !== undefined) next = withTags(next, [{ key: NAME_TAG, value: change.name }]);
  if (change.status !== undefined) next = await withStatus(applying, next, change.status);
  if (change.endedAt !== undefined) {
    const { endedAt: _, ...open } = next;
    next = change.endedAt === null ? open : { ...open, endedAt: change.endedAt };
  }
  return next;
}

/** A run that comes to its end keeps the objective in force. */
async function withStatus(applying: Applying, run: RunRow, status: RunStatus): Promise<RunRow> {
  const isEnding = isEnded(status) && (!isEnded(run.status) || run.objective === undefined);
  const objective = isEnding ? await objectiveInForce(applying, run) : undefined;
  return objective ? { ...run, status, objective } : { ...run, status };
}

async function objectiveInForce(
  { db, rows, metricsOf }: Applying,
  run: RunRow,
): Promise<Objective | undefined> {
  const owner = await rows.projects.get(db, run.project);
  return owner && objectiveOf(owner.project, await metricsOf(run.id));
}

function withParams(run: RunRow, { params: added, policy }: Of<'set-params'>): RunRow {
  const params = new Map(run.params);
  for (const { key, value } of added) {
    const stored = params.get(key);
    if (policy === 'overwrite' || !stored) params.set(key, value);
    else if (stored.text !== value.text) throw paramChanged(run.id, key, stored.text, value.text);
  }
  return { ...run, params };
}

function withTags(run: RunRow, added: readonly Tag[]): RunRow {
  const tags = new Map(run.tags);
  for (const { key, value } of added) tags.set(key, value);
  return describeByTags({ ...run, tags });
}

function withoutTag(run: RunRow, key: string): RunRow {
  const tags = new Map(run.tags);
  if (!tags.delete(key)) throw noTag('run', run.id, key);
  return describeByTags({ ...run, tags });
}

/** A dataset that was described in the project before is shown as it was described first. */
async function withDatasets(
  { db, rows, at, actor }: Applying,
  { project, datasets }: Pick<RunRow, 'project' | 'datasets'>,
  added: readonly InputDataset[],
): Promise<readonly InputDataset[]> {
  const all = new Map(datasets.map((edge) => [datasetKey(project, edge.dataset), edge]));
  for (const { dataset, tags } of added) {
    const key = datasetKey(project, dataset);
    if (all.has(key)) continue;
    const known = await rows.datasets.get(db, key);
    if (!known) rows.datasets.set(key, { project, dataset, at, actor });
    all.set(key, { dataset: known?.dataset ?? dataset, tags: new Map(tags) });
  }
  return [...all.values()];
}

function withEdges(edges: readonly ModelEdge[], added: readonly ModelEdge[]): readonly ModelEdge[] {
  const all = new Map(edges.map((edge) => [edge.model, edge]));
  for (const edge of added) if (!all.has(edge.model)) all.set(edge.model, edge);
  return [...all.values()];
}
