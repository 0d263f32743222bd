import type { ManifestDigest, ModelId } from '#core/domain/ids.ts';
import { MODEL_VERSIONS_TAG, withModelVersion } from '#core/domain/logged-model.ts';
import { sealTree } from '#core/domain/manifest.ts';
import type { ModelVersion } from '#core/domain/registry.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { versionRegistered } from '#storage/sql/registry-notes.ts';
import { activeModel, existingRun, type Applying } from '../../applying.ts';
import { filesBelow } from '../../files.ts';
import { storeManifest } from '../../manifests.ts';
import type { ModelRow } from '../../models.ts';
import { seeArtifact } from '../artifacts.ts';
import { addEdge } from '../edges.ts';
import { activeRegistered, revised, storeRegistered } from '../registered-models.ts';
import { writeDown } from '../registry-entries.ts';
import { addVersion } from '../versions.ts';

type RegisterVersion = Extract<RegistryChange, { kind: 'register-version' }>;

const FIRST_STAGE = 'none';

export async function registerVersion(applying: Applying, change: RegisterVersion): Promise<void> {
  const { at, actor, numbered } = applying;
  const model = await activeRegistered(applying, change.model);
  const { run, loggedModel } = change.version;
  if (run !== undefined) await existingRun(applying, run);
  const logged = loggedModel === undefined ? undefined : await activeModel(applying, loggedModel);
  const number = model.lastVersion + 1;
  const manifest = await sealed(applying, change);
  const { workspace, name } = model;
  if (manifest !== undefined) await seeArtifact(applying, { workspace, type: 'model', name }, manifest);
  const version: ModelVersion = {
    ...change.version,
    model: model.id,
    number,
    createdAt: at,
    updatedAt: at,
    createdBy: actor,
    ...(manifest !== undefined && { manifest }),
    stage: FIRST_STAGE,
    tags: new Map(change.tags.map(({ key, value }) => [key, value])),
  };
  await addVersion(applying, version);
  const { project = change.project } = model;
  await storeRegistered(
    applying,
    revised({
      ...model,
      updatedAt: at,
      ...(project !== undefined && { project }),
      stages: new Map(model.stages).set(FIRST_STAGE, number),
      versions: model.versions + 1,
      lastVersion: number,
    }),
  );
  if (logged) tagLogged(applying, logged, { name, version: number });
  await sayWhereFrom(applying, version);
  await writeDown(applying, model.id, versionRegistered(version));
  numbered.push(number);
}

/** The manifest of what is below the folder; undefined when there is nothing. */
async function sealed(applying: Applying, { tree }: RegisterVersion): Promise<ManifestDigest | undefined> {
  if (!tree) return undefined;
  const { owner, folder } = tree;
  const files = await filesBelow(applying.db, owner, folder);
  if (files.length === 0) return undefined;
  const start = folder === '' ? 0 : folder.length + 1;
  const relative = files.map((file) => ({ ...file, path: file.path.slice(start) }));
  return storeManifest(applying.db, sealTree('model', relative), applying);
}

function tagLogged(
  { rows, touched, at }: Applying,
  logged: ModelRow,
  registered: Parameters<typeof withModelVersion>[1],
): void {
  const value = withModelVersion(logged.tags.get(MODEL_VERSIONS_TAG), registered);
  const tags = new Map(logged.tags).set(MODEL_VERSIONS_TAG, value);
  rows.models.set(logged.id, { ...logged, tags, updatedAt: at });
  touched.model(logged.id);
}

async function sayWhereFrom(
  applying: Applying,
  {
    model,
    number,
    run,
    loggedModel,
  }: Pick<ModelVersion, 'model' | 'number' | 'run'> & {
    readonly loggedModel?: ModelId;
  },
): Promise<void> {
  const end = { to: { kind: 'version', model, number }, role: 'registered' } as const;
  if (run !== undefined) await addEdge(applying, { from: { kind: 'run', run }, ...end });
  if (loggedModel !== undefined) {
    await addEdge(applying, { from: { kind: 'logged-model', model: loggedModel }, ...end });
  }
}
