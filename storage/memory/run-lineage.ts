import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import { EVALUATES_TAG, evaluatedVersion } from '#core/domain/evaluation.ts';
import type { LineageNode } from '#core/domain/lineage.ts';
import { aliasedVersion, type VersionRef } from '#core/domain/registry.ts';
import type { ModelEdge } from '#core/domain/run.ts';
import type { RunChange, Tag } from '#core/tracking/ports/change.ts';
import { addEdge, seeArtifact, workspaceOf } from './lineage.ts';
import { registeredModel, versionKey } from './registered.ts';
import type { Applying, RunRow } from './state.ts';

export function noteInputs(
  applying: Applying,
  run: RunRow,
  { datasets, models }: Extract<RunChange, { kind: 'add-inputs' }>,
): void {
  const to = nodeOf(run);
  const workspace = workspaceOf(applying, run.project);
  for (const { dataset, tags } of datasets) {
    const { name, digest } = dataset;
    const artifact = { workspace, type: 'dataset', name } as const;
    seeArtifact(applying, artifact, digest);
    addEdge(applying, { kind: 'artifact', ...artifact, digest }, to, tags.get(CONTEXT_TAG) ?? '');
  }
  for (const { model } of models) addEdge(applying, { kind: 'logged-model', model }, to, 'input');
}

export function noteOutputs(applying: Applying, run: RunRow, models: readonly ModelEdge[]): void {
  for (const { model } of models) addEdge(applying, nodeOf(run), { kind: 'logged-model', model }, 'output');
}

/** A run that says which version it evaluates; a text that names none says nothing. */
export function noteEvaluates(applying: Applying, run: RunRow, tags: readonly Tag[]): void {
  const text = tags.findLast(({ key }) => key === EVALUATES_TAG)?.value;
  const version = text === undefined ? undefined : resolve(applying, run, text);
  if (version) addEdge(applying, { kind: 'version', ...version }, nodeOf(run), 'evaluates');
}

function resolve(applying: Applying, run: RunRow, text: string): VersionRef | undefined {
  const { state } = applying;
  const said = evaluatedVersion(text);
  const workspace = workspaceOf(applying, run.project);
  const model = state.registered
    .values()
    .filter((row) => row.workspace === workspace && row.deletedAt === undefined)
    .find(({ name }) => name === said?.name);
  if (!said || !model) return undefined;
  const number = 'number' in said ? said.number : aliasedVersion(registeredModel(state, model), said.alias);
  if (number === undefined) return undefined;
  const ref = { model: model.id, number };
  const version = state.versions.get(versionKey(ref));
  return version && version.deletedAt === undefined ? ref : undefined;
}

function nodeOf({ id }: RunRow): LineageNode {
  return { kind: 'run', run: id };
}
