import type { ArtifactChange } from '#core/tracking/ports/change.ts';
import { noArtifact, noFile } from '#storage/sql/refusals.ts';
import { filesOf, isBelow } from './apply-file.ts';
import { seal } from './apply-model.ts';
import { addEdge, artifactKey, seeArtifact, workspaceOf } from './lineage.ts';
import { activeRun, keepRun, type Applying, type RunRow } from './state.ts';

type Of<Kind> = Extract<ArtifactChange, { kind: Kind }>;

/** The step that its member of `Change` describes. */
export function applyArtifact(applying: Applying, change: ArtifactChange): void {
  const run = activeRun(applying, change.run);
  if (change.kind === 'produce-artifact') produce(applying, run, change);
  else use(applying, run, change);
  keepRun(applying, run);
}

function produce(applying: Applying, run: RunRow, change: Of<'produce-artifact'>): void {
  const { state, numbered } = applying;
  const { folder, name, role, type } = change;
  const files = filesOf(state, { kind: 'run', run: run.id }).filter(({ path }) => isBelow(path, folder));
  if (files.length === 0) throw noFile(folder);
  const start = folder === '' ? 0 : folder.length + 1;
  const relative = files.map((file) => ({ ...file, path: file.path.slice(start) }));
  const digest = seal(applying, relative, type);
  const artifact = { workspace: workspaceOf(applying, run.project), type, name };
  seeArtifact(applying, artifact, digest);
  numbered.push(state.artifacts.get(artifactKey(artifact, digest))?.number ?? NaN);
  addEdge(applying, { kind: 'run', run: run.id }, { kind: 'artifact', ...artifact, digest }, role);
}

function use(applying: Applying, run: RunRow, change: Of<'use-artifact'>): void {
  const { name, number, role, type } = change;
  const artifact = { workspace: workspaceOf(applying, run.project), type, name };
  const version = applying.state.artifacts
    .values()
    .find(
      (row) =>
        row.workspace === artifact.workspace &&
        row.type === type &&
        row.name === name &&
        row.number === number,
    );
  if (!version) throw noArtifact(change);
  const { digest } = version;
  addEdge(applying, { kind: 'artifact', ...artifact, digest }, { kind: 'run', run: run.id }, role);
}
