import type { Actor } from '#core/domain/actor.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import type { BlobDigest, ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { SeriesOwner } from '#core/domain/point.ts';
import { textParam } from '#core/domain/run.ts';
import type { Change, Commit, NewRun, Tag } from '#core/tracking/ports/change.ts';

export const ACTOR: Actor = { kind: 'user', id: 'ada' };
export const AT = 1_700_000_000_000;

export function runIdOf(n: number): RunId {
  return n.toString(16).padStart(32, '0') as RunId;
}

export function modelIdOf(n: number): ModelId {
  return `m-${n.toString(16).padStart(32, '0')}` as ModelId;
}

export function digestOf(n: number): BlobDigest {
  return n.toString(16).padStart(64, '0') as BlobDigest;
}

export function commitOf(changes: readonly Change[], more: Partial<Commit> = {}): Commit {
  return { actor: ACTOR, at: AT, changes, ...more };
}

export function createRun(id: RunId, more: Partial<NewRun> = {}): Change {
  const run: NewRun = {
    id,
    project: DEFAULT_PROJECT,
    name: 'calm-otter-482',
    status: 'running',
    userId: 'ada',
    startedAt: AT,
    wire: 'native',
    artifactUri: `mlflow-artifacts:/0/${id}/artifacts`,
    ...more,
  };
  return { kind: 'create-run', run };
}

export function createWorkspace(id: string): Change {
  return { kind: 'create-workspace', workspace: workspaceId(id), name: id, description: '' };
}

export function createProject(name: string, id?: string, tags: readonly Tag[] = []): Change {
  return {
    kind: 'create-project',
    workspace: DEFAULT_WORKSPACE,
    name,
    artifactLocation: 'mlflow-artifacts:/{id}',
    tags,
    ...(id !== undefined && { id: id as ProjectId }),
  };
}

export function createModel(
  id: ModelId,
  more: Partial<Extract<Change, { kind: 'create-model' }>> = {},
): Change {
  return {
    kind: 'create-model',
    id,
    project: DEFAULT_PROJECT,
    name: 'digits',
    modelType: 'classifier',
    artifactUri: `mlflow-artifacts:/0/models/${id}/artifacts`,
    params: [],
    tags: [],
    ...more,
  };
}

export function setTags(run: RunId, tags: Readonly<Record<string, string>>): Change {
  return { kind: 'set-tags', run, tags: tagsOf(tags) };
}

export function setParams(
  run: RunId,
  params: ReadonlyArray<readonly [string, string]>,
  policy: 'once' | 'overwrite' = 'once',
): Change {
  return {
    kind: 'set-params',
    run,
    policy,
    params: params.map(([key, text]) => ({ key, value: textParam(text) })),
  };
}

export function tagsOf(tags: Readonly<Record<string, string>>): readonly Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function putFile(owner: TreeOwner, path: string, digest = digestOf(7), sizeBytes = 3): Change {
  return { kind: 'put-file', owner, path, digest, sizeBytes };
}

/** Rows of (metric, step, value) or (metric, step, value, time in µs) of one owner. */
export function logPoints(
  owner: SeriesOwner,
  rows: ReadonlyArray<readonly [metric: string, step: number, value: number, time?: number]>,
): Change {
  const metrics = [...new Set(rows.map(([metric]) => metric))];
  return {
    kind: 'log-points',
    points: {
      owner,
      metrics,
      metricAt: Uint32Array.from(rows, ([metric]) => metrics.indexOf(metric)),
      steps: Float64Array.from(rows, ([, step]) => step),
      times: Float64Array.from(rows, ([, step, , time]) => time ?? (AT + step) * 1000),
      values: Float64Array.from(rows, ([, , value]) => value),
    },
  };
}
