import type { LineageNode } from '#core/domain/lineage.ts';
import { MODEL_VERSIONS_TAG, withModelVersion } from '#core/domain/logged-model.ts';
import type { ManifestDigest } from '#core/domain/ids.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { versionRegistered } from '#storage/sql/registry-notes.ts';
import { filesOf, isBelow } from './apply-file.ts';
import { keepModel, seal } from './apply-model.ts';
import { addEdge, seeArtifact } from './lineage.ts';
import { activeRegistered, keepRegistered, keepVersion, revise, writeDown } from './registered.ts';
import { activeModel, existingRun, type Applying, type VersionRow } from './state.ts';

type RegisterVersion = Extract<RegistryChange, { kind: 'register-version' }>;

export function registerVersion(applying: Applying, change: RegisterVersion): void {
  const { at, actor, numbered } = applying;
  const model = activeRegistered(applying, change.model);
  const { run, loggedModel } = change.version;
  if (run !== undefined) existingRun(applying, run);
  const logged = loggedModel === undefined ? undefined : activeModel(applying, loggedModel);
  const number = model.lastVersion + 1;
  const manifest = sealed(applying, change);
  const { workspace, name } = model;
  if (manifest) seeArtifact(applying, { workspace, type: 'model', name }, manifest);
  const version: VersionRow = {
    ...change.version,
    model: model.id,
    number,
    createdAt: at,
    updatedAt: at,
    createdBy: actor,
    ...(manifest !== undefined && { manifest }),
    stage: 'none',
    tags: new Map(change.tags.map(({ key, value }) => [key, value])),
  };
  keepVersion(applying, version);
  const { project = change.project, ...rest } = model;
  keepRegistered(applying, { ...rest, lastVersion: number, ...(project !== undefined && { project }) });
  revise(applying, model.id);
  if (logged) {
    const value = withModelVersion(logged.tags.get(MODEL_VERSIONS_TAG), { name, version: number });
    keepModel(applying, { ...logged, tags: new Map(logged.tags).set(MODEL_VERSIONS_TAG, value) });
  }
  sayWhereFrom(applying, version);
  writeDown(applying, model.id, versionRegistered(version));
  numbered.push(number);
}

/** The manifest of what is below the folder; undefined when there is nothing. */
function sealed(applying: Applying, { tree }: RegisterVersion): ManifestDigest | undefined {
  if (!tree) return undefined;
  const { owner, folder } = tree;
  const files = filesOf(applying.state, owner).filter(({ path }) => isBelow(path, folder));
  if (files.length === 0) return undefined;
  const start = folder === '' ? 0 : folder.length + 1;
  return seal(
    applying,
    files.map((file) => ({ ...file, path: file.path.slice(start) })),
  );
}

function sayWhereFrom(applying: Applying, { model, number, run, loggedModel }: VersionRow): void {
  const to: LineageNode = { kind: 'version', model, number };
  if (run !== undefined) addEdge(applying, { kind: 'run', run }, to, 'registered');
  if (loggedModel !== undefined) {
    addEdge(applying, { kind: 'logged-model', model: loggedModel }, to, 'registered');
  }
}
