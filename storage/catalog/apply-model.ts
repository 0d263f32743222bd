import { sealTree } from '#core/domain/manifest.ts';
import type { ModelChange, Tag } from '#core/tracking/ports/change.ts';
import { noProject, noTag, paramChanged, taken } from '#storage/sql/refusals.ts';
import { activeModel, existingRun, type Applying } from './applying.ts';
import { filesBelow } from './files.ts';
import { storeManifest } from './manifests.ts';
import type { ModelRow } from './models.ts';
import { noteOutput, noteSealed } from './registry/apply/derived-edges.ts';

type Of<Kind extends ModelChange['kind']> = Extract<ModelChange, { kind: Kind }>;

export async function applyModel(applying: Applying, change: ModelChange): Promise<void> {
  const model =
    change.kind === 'create-model'
      ? await created(applying, change)
      : await changed(applying, await activeModel(applying, change.model), change);
  applying.rows.models.set(model.id, { ...model, updatedAt: applying.at });
  applying.touched.model(model.id);
}

async function created(applying: Applying, change: Of<'create-model'>): Promise<ModelRow> {
  const { db, rows, at, actor } = applying;
  const { id, project, name, modelType, sourceRun, artifactUri, params, tags } = change;
  if (!(await rows.projects.get(db, project))) throw noProject(project);
  if (sourceRun !== undefined) await existingRun(applying, sourceRun);
  if (await rows.models.get(db, id)) throw taken('model', `Logged model with ID '${id}' already exists.`);
  if (sourceRun !== undefined) await noteOutput(applying, sourceRun, id);
  return {
    id,
    project,
    name,
    modelType,
    ...(sourceRun !== undefined && { sourceRun }),
    status: 'pending',
    artifactUri,
    createdAt: at,
    updatedAt: at,
    createdBy: actor,
    params: new Map(params.map(({ key, value }) => [key, value])),
    tags: new Map(tags.map(({ key, value }) => [key, value])),
  };
}

async function changed(
  applying: Applying,
  model: ModelRow,
  change: Exclude<ModelChange, Of<'create-model'>>,
): Promise<ModelRow> {
  const tags = new Map(model.tags);
  switch (change.kind) {
    case 'finalise-model':
      return finalised(applying, model, change);
    case 'set-model-params':
      return withParams(model, change.params);
    case 'set-model-tags':
      for (const { key, value } of change.tags) tags.set(key, value);
      break;
    case 'delete-model-tag':
      if (!tags.delete(change.key)) throw noTag('model', model.id, change.key);
      break;
    case 'delete-model':
      return { ...model, deletedAt: applying.at };
  }
  return { ...model, tags };
}

function withParams(model: ModelRow, added: readonly Tag[]): ModelRow {
  const params = new Map(model.params);
  for (const { key, value } of added) {
    const stored = params.get(key);
    if (stored !== undefined && stored !== value) throw paramChanged(model.id, key, stored, value);
    params.set(key, value);
  }
  return { ...model, params };
}

async function finalised(
  applying: Applying,
  model: ModelRow,
  { status, statusMessage }: Of<'finalise-model'>,
): Promise<ModelRow> {
  const { statusMessage: _, ...rest } = model;
  const moved: ModelRow = { ...rest, status, ...(statusMessage !== undefined && { statusMessage }) };
  if (status !== 'ready') return moved;
  const files = await filesBelow(applying.db, { kind: 'model', model: model.id }, '');
  const manifest = await storeManifest(applying.db, sealTree('model', files), applying);
  await noteSealed(applying, model, manifest);
  return { ...moved, manifest };
}
