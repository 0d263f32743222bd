// What changes of runs and logged models say of lineage.
import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import { EVALUATES_TAG, evaluatedVersion } from '#core/domain/evaluation.ts';
import type { ManifestDigest, ModelId, ProjectId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import { aliasedVersion, type VersionRef } from '#core/domain/registry.ts';
import type { ModelEdge } from '#core/domain/run.ts';
import type { RunChange, Tag } from '#core/tracking/ports/change.ts';
import type { Applying } from '../../applying.ts';
import type { ModelRow } from '../../models.ts';
import type { RunRow } from '../../runs.ts';
import { noProject } from '#storage/sql/refusals.ts';
import { seeArtifact } from '../artifacts.ts';
import { addEdge, addUse, forgetRunEdges } from '../edges.ts';
import { forgetEvaluatingRun } from '../evaluations.ts';
import { registeredNamed } from '../registered-models.ts';
import { forgetRunOfVersions, isVersionThere } from '../versions.ts';

/** Datasets become artifact versions of the run's workspace. */
export async function noteInputs(
  applying: Applying,
  { id, project }: RunRow,
  { datasets, models }: Extract<RunChange, { kind: 'add-inputs' }>,
): Promise<void> {
  const to = { kind: 'run', run: id } as const;
  for (const { dataset, tags } of datasets) {
    const { name, digest } = dataset;
    const artifact = { workspace: await workspaceOf(applying, project), type: 'dataset', name };
    await seeArtifact(applying, artifact, digest);
    const from = { kind: 'artifact', ...artifact, digest } as const;
    await addUse(applying, { from, to, role: tags.get(CONTEXT_TAG) ?? '' });
  }
  for (const { model } of models) {
    await addEdge(applying, { from: { kind: 'logged-model', model }, to, role: 'input' });
  }
}

export async function noteOutputs(
  applying: Applying,
  run: RunId,
  models: readonly Pick<ModelEdge, 'model'>[],
): Promise<void> {
  for (const { model } of models) await noteOutput(applying, run, model);
}

export async function noteOutput(applying: Applying, run: RunId, model: ModelId): Promise<void> {
  const edge = { from: { kind: 'run', run }, to: { kind: 'logged-model', model }, role: 'output' } as const;
  await addEdge(applying, edge);
}

/** What was sealed is an artifact version of the model's name. */
export async function noteSealed(
  applying: Applying,
  { project, name }: ModelRow,
  manifest: ManifestDigest,
): Promise<void> {
  const workspace = await workspaceOf(applying, project);
  await seeArtifact(applying, { workspace, type: 'model', name }, manifest);
}

/** Whether tags say that their run evaluates something. */
export function saysEvaluates(tags: readonly Tag[]): boolean {
  return tags.some(({ key }) => key === EVALUATES_TAG);
}

/** A run that says which version it evaluates; a text that names none says nothing. */
export async function noteEvaluates(applying: Applying, run: RunRow, tags: readonly Tag[]): Promise<void> {
  const text = tags.findLast(({ key }) => key === EVALUATES_TAG)?.value;
  const version = text === undefined ? undefined : await resolve(applying, run.project, text);
  if (!version) return;
  const edge = {
    from: { kind: 'version', ...version },
    to: { kind: 'run', run: run.id },
    role: 'evaluates',
  } as const;
  await addEdge(applying, edge);
}

async function resolve(
  applying: Applying,
  project: ProjectId,
  text: string,
): Promise<VersionRef | undefined> {
  const said = evaluatedVersion(text);
  const workspace = said && (await workspaceOf(applying, project));
  const model = workspace && (await registeredNamed(applying.db, { workspace, name: said.name }));
  if (!said || !model) return undefined;
  const number = 'number' in said ? said.number : aliasedVersion(model, said.alias);
  if (number === undefined) return undefined;
  const ref = { model: model.id, number };
  return (await isVersionThere(applying, ref)) ? ref : undefined;
}

/**
 * Versions and evaluations stay without a run that is purged; what it used and made is no longer told.
 * @returns the manifests of artifact versions that it was told with.
 */
export async function forgetRun(applying: Applying, run: RunId): Promise<readonly ManifestDigest[]> {
  const { touched } = applying;
  for (const model of await forgetRunOfVersions(applying, run)) touched.registered(model);
  for (const model of await forgetEvaluatingRun(applying, run)) touched.registered(model);
  return forgetRunEdges(applying, run);
}

/** Of a project that has a run or a model, and so is there. */
export async function workspaceOf({ db, rows }: Applying, id: ProjectId): Promise<WorkspaceId> {
  const row = await rows.projects.get(db, id);
  if (!row) throw noProject(id);
  return row.project.workspace;
}
