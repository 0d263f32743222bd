import { DEFAULT_PROJECT, type ManifestDigest, type ModelId, type ProjectId } from '#core/domain/ids.ts';
import type { ProjectChange, RunChange } from '#core/tracking/ports/change.ts';
import { defaultProjectStays, noProject, notDeleted } from '#storage/sql/refusals.ts';
import { existingRun, type Applying } from './applying.ts';
import { removeTree } from './files.ts';
import { removeRolesAt } from './identity-teams.ts';
import { removeManifest } from './manifests.ts';
import { forgetRun } from './registry/apply/derived-edges.ts';
import { isContentTold } from './registry/edges.ts';
import { isManifestOfVersion } from './registry/versions.ts';
import type { ModelRow } from './models.ts';
import { firstRunsOf } from './run-lists.ts';
import type { RunRow } from './runs.ts';

type PurgeRun = Extract<RunChange, { kind: 'purge-run' }>;
type PurgeProject = Extract<ProjectChange, { kind: 'purge-project' }>;

export async function purgeRun(applying: Applying, { run: id }: PurgeRun): Promise<void> {
  const run = await existingRun(applying, id);
  if (run.deletedAt === undefined) throw notDeleted('run', id);
  await removeRun(applying, run);
}

/** The step that its member of `Change` describes. */
export async function purgeProject(applying: Applying, { project: id, limit }: PurgeProject): Promise<void> {
  const { db, rows, touched } = applying;
  const row = await rows.projects.get(db, id);
  if (!row) throw noProject(id);
  if (row.project.deletedAt === undefined) throw notDeleted('project', id);
  if (id === DEFAULT_PROJECT) throw defaultProjectStays();
  touched.project(id);
  const runs = await firstRunsOf(db, rows, { project: id, limit });
  if (runs.length > 0) {
    for (const run of runs) await removeRun(applying, await existingRun(applying, run));
    return;
  }
  const models = await firstModelsOf(applying, id, limit);
  if (models.length > 0) {
    for (const model of models) await removeModel(applying, model);
    return;
  }
  rows.projects.remove(id);
  rows.datasets.outdate(({ project }) => project === id);
  await removeRolesAt(applying, { scope: 'project', project: id });
}

async function removeRun(applying: Applying, run: RunRow): Promise<void> {
  const { rows, touched, purged, points, at } = applying;
  for (const model of await modelsWith(applying, { column: 'source_run', value: run.id })) {
    if (model.deletedAt !== undefined) {
      await removeModel(applying, model);
      continue;
    }
    const { sourceRun: _, ...orphan } = model;
    rows.models.set(model.id, { ...orphan, updatedAt: at });
    touched.model(model.id);
  }
  for (const manifest of await forgetRun(applying, run.id)) {
    if (!(await isNamed(applying, manifest))) await removeManifest(applying.db, manifest);
  }
  await removeTree(applying.db, { kind: 'run', run: run.id });
  keepPoints(points, ({ owner }) => owner.kind !== 'run' || owner.run !== run.id);
  purged.push({ kind: 'run', run: run.id });
  rows.runs.remove(run.id);
  touched.run(run.id, run.project);
}

/** A manifest that was sealed for this model alone goes with it; that of a registered version stays. */
async function removeModel(applying: Applying, model: ModelRow): Promise<void> {
  const { db, rows, touched, purged, points } = applying;
  await removeTree(db, { kind: 'model', model: model.id });
  rows.models.remove(model.id);
  if (model.manifest !== undefined && !(await isNamed(applying, model.manifest))) {
    await removeManifest(db, model.manifest);
  }
  keepPoints(points, ({ owner }) => owner.kind !== 'model' || owner.model !== model.id);
  purged.push({ kind: 'model', model: model.id });
  touched.model(model.id);
}

/** Whether a logged model, a registered version, or what runs used and made still has this content. */
async function isNamed(applying: Applying, manifest: ManifestDigest): Promise<boolean> {
  const models = await modelsWith(applying, { column: 'manifest', value: manifest });
  if (models.length > 0) return true;
  const { db } = applying;
  return (await isManifestOfVersion(db, manifest)) || isContentTold(db, manifest);
}

/** As the current group sees them. */
async function modelsWith(
  { db, rows }: Applying,
  wanted: { readonly column: 'source_run' | 'manifest'; readonly value: string },
): Promise<readonly ModelRow[]> {
  const { column, value } = wanted;
  const ids = new Set<ModelId>(rows.models.staged().keys());
  const stored = await db.selectFrom('model').select('id').where(column, '=', value).execute();
  for (const { id } of stored) ids.add(id as ModelId);
  const found: ModelRow[] = [];
  for (const id of [...ids].toSorted()) {
    const model = await rows.models.get(db, id);
    const has = column === 'manifest' ? model?.manifest : model?.sourceRun;
    if (model && has === value) found.push(model);
  }
  return found;
}

async function firstModelsOf(
  { db, rows }: Applying,
  project: ProjectId,
  limit: number,
): Promise<readonly ModelRow[]> {
  const ids = new Set<ModelId>();
  for (const model of rows.models.staged().values()) if (model.project === project) ids.add(model.id);
  const removed = new Set(rows.models.removed());
  const query = db.selectFrom('model').select('id').where('project', '=', project).orderBy('id');
  for (const { id } of await query.limit(limit + removed.size).execute()) {
    if (!removed.has(id as ModelId)) ids.add(id as ModelId);
  }
  const models: ModelRow[] = [];
  for (const id of [...ids].toSorted().slice(0, limit)) {
    const model = await rows.models.get(db, id);
    if (model) models.push(model);
  }
  return models;
}

/** Points that the same commit logged before are not to outlive what they belong to. */
function keepPoints<Logged>(points: Logged[], isKept: (logged: Logged) => boolean): void {
  points.splice(0, points.length, ...points.filter(isKept));
}
