import { createHash } from 'node:crypto';
import { canonicalManifest, sealTree, type Manifest } from '#core/domain/manifest.ts';
import type { TreeFile } from '#core/domain/file-tree.ts';
import type { ManifestDigest } from '#core/domain/ids.ts';
import type { ModelChange } from '#core/tracking/ports/change.ts';
import { noProject, noTag, paramChanged, taken } from '#storage/sql/refusals.ts';
import { filesOf } from './apply-file.ts';
import { addEdge, seeArtifact, workspaceOf } from './lineage.ts';
import { activeModel, existingRun, type Applying, type ModelRow } from './state.ts';

type Of<Kind extends ModelChange['kind']> = Extract<ModelChange, { kind: Kind }>;

export function applyModel(applying: Applying, change: ModelChange): void {
  if (change.kind === 'create-model') return createModel(applying, change);
  const model = activeModel(applying, change.model);
  switch (change.kind) {
    case 'finalise-model':
      return finaliseModel(applying, model, change);
    case 'set-model-params': {
      const params = new Map(model.params);
      for (const { key, value } of change.params) {
        const stored = params.get(key);
        if (stored !== undefined && stored !== value) throw paramChanged(model.id, key, stored, value);
        params.set(key, value);
      }
      return keepModel(applying, { ...model, params });
    }
    case 'set-model-tags': {
      const tags = new Map(model.tags);
      for (const { key, value } of change.tags) tags.set(key, value);
      return keepModel(applying, { ...model, tags });
    }
    case 'delete-model-tag': {
      const tags = new Map(model.tags);
      if (!tags.delete(change.key)) throw noTag('model', model.id, change.key);
      return keepModel(applying, { ...model, tags });
    }
    case 'delete-model':
      return keepModel(applying, { ...model, deletedAt: applying.at });
  }
}

function createModel(applying: Applying, change: Of<'create-model'>): void {
  const { state, at, actor } = applying;
  if (!state.projects.has(change.project)) throw noProject(change.project);
  if (change.sourceRun !== undefined) existingRun(applying, change.sourceRun);
  if (state.models.has(change.id))
    throw taken('model', `Logged model with ID '${change.id}' already exists.`);
  keepModel(applying, {
    id: change.id,
    project: change.project,
    name: change.name,
    modelType: change.modelType,
    ...(change.sourceRun !== undefined && { sourceRun: change.sourceRun }),
    status: 'pending',
    artifactUri: change.artifactUri,
    createdAt: at,
    updatedAt: at,
    createdBy: actor,
    params: new Map(change.params.map(({ key, value }) => [key, value])),
    tags: new Map(change.tags.map(({ key, value }) => [key, value])),
  });
  if (change.sourceRun === undefined) return;
  addEdge(
    applying,
    { kind: 'run', run: change.sourceRun },
    { kind: 'logged-model', model: change.id },
    'output',
  );
}

function finaliseModel(applying: Applying, model: ModelRow, change: Of<'finalise-model'>): void {
  const { statusMessage: _, ...rest } = model;
  const moved: ModelRow = {
    ...rest,
    status: change.status,
    ...(change.statusMessage !== undefined && { statusMessage: change.statusMessage }),
  };
  if (change.status !== 'ready') return keepModel(applying, moved);
  const manifest = seal(applying, filesOf(applying.state, { kind: 'model', model: model.id }));
  keepModel(applying, { ...moved, manifest });
  const workspace = workspaceOf(applying, model.project);
  seeArtifact(applying, { workspace, type: 'model', name: model.name }, manifest);
}

/** Keeps the manifest of a model's files. */
export function seal(
  { state }: Applying,
  files: readonly TreeFile[],
  type: Manifest['type'] = 'model',
): ManifestDigest {
  const manifest = sealTree(type, files);
  const digest = createHash('sha256').update(canonicalManifest(manifest)).digest('hex') as ManifestDigest;
  state.manifests.set(digest, manifest);
  return digest;
}

export function keepModel({ state, at, touched }: Applying, model: ModelRow): void {
  state.models.set(model.id, { ...model, updatedAt: at });
  touched.model(model.id);
}
