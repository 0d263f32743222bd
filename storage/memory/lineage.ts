import { ARTIFACT_NAME_LIMIT, type ArtifactRef } from '#core/domain/artifact.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import { lineageKey, type LineageNode } from '#core/domain/lineage.ts';
import { noProject } from '#storage/sql/refusals.ts';
import type { Applying } from './state.ts';

export function artifactKey({ workspace, type, name }: ArtifactRef, digest: string): string {
  return JSON.stringify([workspace, type, name, digest]);
}

/** Of a project that has a run or a model, and so is there. */
export function workspaceOf({ state }: Applying, id: ProjectId): WorkspaceId {
  const project = state.projects.get(id);
  if (!project) throw noProject(id);
  return project.workspace;
}

/** The artifact's next version, unless it had this content before. */
export function seeArtifact({ state, actor, at }: Applying, artifact: ArtifactRef, digest: string): void {
  const key = artifactKey(artifact, digest);
  if (artifact.name.length > ARTIFACT_NAME_LIMIT || state.artifacts.has(key)) return;
  const { workspace, type, name } = artifact;
  const known = state.artifacts
    .values()
    .filter((row) => row.workspace === workspace && row.type === type && row.name === name);
  const number = known.toArray().length + 1;
  state.artifacts.set(key, { workspace, type, name, number, digest, createdAt: at, createdBy: actor });
}

/** An edge that exists keeps its first time. */
export function addEdge({ state, at }: Applying, from: LineageNode, to: LineageNode, role: string): void {
  const key = JSON.stringify([lineageKey(from), lineageKey(to), role]);
  if (!state.edges.has(key)) state.edges.set(key, { from, to, role, at });
}
