import { DEFAULT_PROJECT, type ManifestDigest, type RunId } from '#core/domain/ids.ts';
import type { ProjectChange, RunChange } from '#core/tracking/ports/change.ts';
import { defaultProjectStays, noProject, notDeleted } from '#storage/sql/refusals.ts';
import { fileKey, filesOf } from './apply-file.ts';
import { removeRolesAt } from './apply-team.ts';
import { seriesKey } from './apply-points.ts';
import {
  datasetKey,
  existingRun,
  type Applying,
  type FileRow,
  type ModelRow,
  type RunRow,
  type SeriesRow,
} from './state.ts';

export function purgeRun(applying: Applying, { run: id }: Extract<RunChange, { kind: 'purge-run' }>): void {
  const run = existingRun(applying, id);
  if (run.deletedAt === undefined) throw notDeleted('run', id);
  removeRun(applying, run);
}

export function purgeProject(
  applying: Applying,
  { project: id, limit }: Extract<ProjectChange, { kind: 'purge-project' }>,
): void {
  const { state, touched } = applying;
  const project = state.projects.get(id);
  if (!project) throw noProject(id);
  if (project.deletedAt === undefined) throw notDeleted('project', id);
  if (id === DEFAULT_PROJECT) throw defaultProjectStays();
  touched.project(id);
  const runs = state.runs.values().filter((run) => run.project === id);
  const first = runs.toArray().toSorted((a, b) => a.number - b.number);
  if (first.length > 0) return first.slice(0, limit).forEach((run) => removeRun(applying, run));
  const models = state.models.values().filter((model) => model.project === id);
  const firstModels = models.toArray().toSorted(byId);
  if (firstModels.length > 0) {
    return firstModels.slice(0, limit).forEach((model) => removeModel(applying, model));
  }
  state.projects.delete(id);
  const described = state.datasets.values().filter(({ project: of }) => of === id);
  for (const row of described.toArray()) state.datasets.delete(datasetKey(row));
  removeRolesAt(applying, { scope: 'project', project: id });
}

function removeRun(applying: Applying, run: RunRow): void {
  const { state, touched, at } = applying;
  const saved = state.models.values().filter((model) => model.sourceRun === run.id);
  for (const model of saved.toArray().toSorted(byId)) {
    const { sourceRun: _, ...orphan } = model;
    if (model.deletedAt !== undefined) removeModel(applying, model);
    else {
      state.models.set(model.id, { ...orphan, updatedAt: at });
      touched.model(model.id);
    }
  }
  forgetRun(applying, run.id);
  removeTree(applying, { kind: 'run', run: run.id });
  removeSeries(applying, ({ owner }) => owner.kind === 'run' && owner.run === run.id);
  state.runs.delete(run.id);
  touched.run(run.id, run.project);
}

function removeModel(applying: Applying, model: ModelRow): void {
  const { state, touched } = applying;
  removeTree(applying, { kind: 'model', model: model.id });
  removeSeries(applying, ({ owner }) => owner.kind === 'model' && owner.model === model.id);
  state.models.delete(model.id);
  const { manifest } = model;
  if (manifest !== undefined && !isKept(applying, manifest)) state.manifests.delete(manifest);
  touched.model(model.id);
}

/** What a version was made of is kept whoever is purged, as long as its log. */
function isKept({ state }: Applying, manifest: ManifestDigest): boolean {
  return (
    state.models.values().some((model) => model.manifest === manifest) ||
    state.versions.values().some((version) => version.manifest === manifest) ||
    state.edges
      .values()
      .some(({ from, to }) => [from, to].some((node) => node.kind === 'artifact' && node.digest === manifest))
  );
}

/** Versions and evaluations stay without the run; what it used and made is no longer told. */
function forgetRun(applying: Applying, id: RunId): void {
  const { state, touched, at } = applying;
  for (const [key, version] of state.versions.entries().toArray()) {
    const { run, ...rest } = version;
    if (run !== id) continue;
    state.versions.set(key, { ...rest, updatedAt: at });
    touched.registered(version.model);
  }
  for (const { run, ...evaluation } of state.evaluations.values().toArray()) {
    if (run !== id) continue;
    state.evaluations.set(evaluation.number, evaluation);
    touched.registered(evaluation.version.model);
  }
  const told = new Set<ManifestDigest>();
  for (const [key, { from, to }] of state.edges.entries().toArray()) {
    if (![from, to].some((node) => node.kind === 'run' && node.run === id)) continue;
    state.edges.delete(key);
    for (const node of [from, to]) if (node.kind === 'artifact') told.add(node.digest as ManifestDigest);
  }
  for (const digest of told) if (!isKept(applying, digest)) state.manifests.delete(digest);
}

function byId(a: ModelRow, b: ModelRow): number {
  return a.id < b.id ? -1 : 1;
}

function removeTree({ state }: Applying, owner: FileRow['owner']): void {
  for (const { path } of filesOf(state, owner)) state.files.delete(fileKey(owner, path));
}

function removeSeries({ state }: Applying, isOf: (row: SeriesRow) => boolean): void {
  for (const row of state.series.values().toArray()) {
    if (isOf(row)) state.series.delete(seriesKey(row.owner, row.metric));
  }
}
