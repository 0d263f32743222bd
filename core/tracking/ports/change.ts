import type { Actor } from '#core/domain/actor.ts';
import type { ArtifactType, ProducedType } from '#core/domain/artifact.ts';
import type { InputDataset } from '#core/domain/dataset.ts';
import type { BlobDigest, ModelId, ProjectId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import type { ModelStatus } from '#core/domain/logged-model.ts';
import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { LoggedPoints } from '#core/domain/point.ts';
import type { Objective } from '#core/domain/project.ts';
import type { ModelEdge, ParamValue, Run, RunStatus } from '#core/domain/run.ts';
import type { AuditChange, IdentityChange } from './identity-change.ts';
import type { RegistryChange } from './registry-change.ts';
import type { WorkspaceChange } from './workspace-change.ts';

// What a commit may change. Each change is plain data that survives structuredClone and carries its own
// preconditions, so that it can be decided beside the data (in a worker, later in another process) without a
// closure or an open transaction. What a change refuses is written at its member; nothing else may refuse it.

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface NewParam {
  readonly key: string;
  readonly value: ParamValue;
}

/** What the creator says of a run; number, sequence and everything logged are the store's. */
export type NewRun = Pick<
  Run,
  'id' | 'project' | 'name' | 'status' | 'userId' | 'startedAt' | 'wire' | 'artifactUri'
>;

export type ProjectChange =
  /** `not_found` without the workspace; `conflict` (exists) when it has a project of that name, also a deleted one, or the id is taken; `invalid` when the tag `cairn.objective` is no objective. An absent id: the store gives the next decimal one and `artifactLocation` may hold `{id}`. */
  | {
      readonly kind: 'create-project';
      readonly id?: ProjectId;
      readonly workspace: WorkspaceId;
      readonly name: string;
      readonly artifactLocation: string;
      readonly tags: readonly Tag[];
    }
  /** `not_found`; `invalid` (wrong-state) when deleted; `conflict` (exists) when the name is taken. */
  | { readonly kind: 'rename-project'; readonly project: ProjectId; readonly name: string }
  /** Deletes an active project and marks all its active runs; `not_found` unless active. */
  | { readonly kind: 'delete-project'; readonly project: ProjectId }
  /** Restores a deleted project and all its runs; `not_found` unless deleted. */
  | { readonly kind: 'restore-project'; readonly project: ProjectId }
  /**
   * A step of removing a deleted project for good: its next `limit` runs by number, as `purge-run`; when none is left,
   * its next `limit` models by id with files and series; when none is left, the project itself. Bounded, so that
   * others need not wait; whoever wants it gone repeats it until it is `not_found`. `not_found`; `invalid`
   * (wrong-state) unless deleted, and for the default project, which every store has.
   */
  | { readonly kind: 'purge-project'; readonly project: ProjectId; readonly limit: number }
  /** `not_found`; `invalid` (wrong-state) when deleted, or when `cairn.objective` is no objective. */
  | { readonly kind: 'set-project-tags'; readonly project: ProjectId; readonly tags: readonly Tag[] }
  /** `not_found` for project or key; `invalid` (wrong-state) when deleted. */
  | { readonly kind: 'delete-project-tag'; readonly project: ProjectId; readonly key: string }
  /** Appends to the history of objectives; `not_found`. */
  | { readonly kind: 'set-objective'; readonly project: ProjectId; readonly objective: Objective | null };

export type RunChange =
  /** `not_found` without the project; `invalid` (wrong-state) when it is deleted; `conflict` (exists) when the id is taken. The store gives the project's next run number. */
  | { readonly kind: 'create-run'; readonly run: NewRun }
  /** Sets what is present. `endedAt: null` clears it. A run that comes to its end keeps the objective in force. `not_found`; `invalid` (wrong-state) when deleted. */
  | {
      readonly kind: 'update-run';
      readonly run: RunId;
      readonly name?: string;
      readonly status?: RunStatus;
      readonly endedAt?: number | null;
    }
  /** Idempotent. `not_found`. */
  | { readonly kind: 'delete-run'; readonly run: RunId }
  /** Idempotent. `not_found`. */
  | { readonly kind: 'restore-run'; readonly run: RunId }
  /**
   * Removes a deleted run for good: document, files, series, and the deleted models that it saved. Its other models
   * stay and lose their source run; what they measured stays with them. Nothing of it is read from the commit on, its
   * number is never given again, and space comes back by and by. `not_found`; `invalid` (wrong-state) unless deleted.
   */
  | { readonly kind: 'purge-run'; readonly run: RunId }
  /** `once`: another value than the stored one, or two values for one key here, is `invalid` (exists); an equal value is fine. `not_found`; `invalid` (wrong-state) when the run is deleted, as for all below. */
  | {
      readonly kind: 'set-params';
      readonly run: RunId;
      readonly params: readonly NewParam[];
      readonly policy: 'once' | 'overwrite';
    }
  /** Upsert; the last of equal keys wins. The tags `mlflow.parentRunId` and source tags are read from here by the document. */
  | { readonly kind: 'set-tags'; readonly run: RunId; readonly tags: readonly Tag[] }
  /** `not_found` also for the key. */
  | { readonly kind: 'delete-tag'; readonly run: RunId; readonly key: string }
  /** A dataset is one per (project, name, digest), as it was described first; an edge that exists keeps its first tags. Models likewise. */
  | {
      readonly kind: 'add-inputs';
      readonly run: RunId;
      readonly datasets: readonly InputDataset[];
      readonly models: readonly ModelEdge[];
    }
  /** An edge that exists keeps its first step. */
  | { readonly kind: 'add-outputs'; readonly run: RunId; readonly models: readonly ModelEdge[] };

export type ArtifactChange =
  /**
   * Seals what the run's files hold below the folder ('' is all of them) as a version of an artifact of its workspace:
   * the next number, given among the receipt's `versions`, or the one that this content has. `not_found` (run; file when
   * nothing is below the folder); `invalid` (wrong-state) when the run is deleted.
   */
  | {
      readonly kind: 'produce-artifact';
      readonly run: RunId;
      readonly type: ProducedType;
      readonly name: string;
      readonly folder: string;
      readonly role: string;
    }
  /** Says that the run used a version that is there; idempotent. `not_found` (run; artifact); `invalid` (wrong-state) when the run is deleted. */
  | {
      readonly kind: 'use-artifact';
      readonly run: RunId;
      readonly type: ArtifactType;
      readonly name: string;
      readonly number: number;
      readonly role: string;
    };

export type ModelChange =
  /** `not_found` without the project or the source run; `conflict` (exists) when the id is taken. Starts `pending`. */
  | {
      readonly kind: 'create-model';
      readonly id: ModelId;
      readonly project: ProjectId;
      readonly name: string;
      readonly modelType: string;
      readonly sourceRun?: RunId;
      readonly artifactUri: string;
      readonly params: readonly Tag[];
      readonly tags: readonly Tag[];
    }
  /** Moves to a status; `ready` seals the model's tree as it is within this commit and stores the manifest. `not_found` also when deleted, as for all below. */
  | {
      readonly kind: 'finalise-model';
      readonly model: ModelId;
      readonly status: ModelStatus;
      readonly statusMessage?: string;
    }
  /** Adds; another value for a stored key is `invalid` (exists). */
  | { readonly kind: 'set-model-params'; readonly model: ModelId; readonly params: readonly Tag[] }
  | { readonly kind: 'set-model-tags'; readonly model: ModelId; readonly tags: readonly Tag[] }
  /** `not_found` also for the key. */
  | { readonly kind: 'delete-model-tag'; readonly model: ModelId; readonly key: string }
  | { readonly kind: 'delete-model'; readonly model: ModelId };

export type FileChange =
  /** Maps a path to a blob that is already durable; replaces what was there. `not_found` without the owner; `conflict` when the path is a folder of other files or goes through a file. */
  | {
      readonly kind: 'put-file';
      readonly owner: TreeOwner;
      readonly path: string;
      readonly digest: BlobDigest;
      readonly sizeBytes: number;
    }
  /** Removes the file, or all files below the folder. `not_found` when there is none. */
  | { readonly kind: 'delete-files'; readonly owner: TreeOwner; readonly path: string };

/** Points of one owner. `not_found` without run or model; `invalid` (wrong-state) when the run is deleted. */
export interface PointsChange {
  readonly kind: 'log-points';
  readonly points: LoggedPoints;
}

/**
 * Two-phase deletion of bytes that nothing names. A blob is condemned first, at the time of the commit; `put-file` takes
 * that back. What stays condemned for the grace period may be deleted, then forgotten.
 */
export type CareChange =
  /** Notes since when nothing names these. One that a tree or a manifest names, or that is noted already, stays as it is. */
  | { readonly kind: 'condemn-blobs'; readonly blobs: readonly BlobDigest[] }
  /** Drops the notes: the bytes are gone, or named again. */
  | { readonly kind: 'forget-blobs'; readonly blobs: readonly BlobDigest[] }
  /** Forgets idempotency keys that were first seen before a time (ms UTC), oldest first, at most `limit`. */
  | { readonly kind: 'forget-receipts'; readonly before: number; readonly limit: number };

export type Change =
  | WorkspaceChange
  | ProjectChange
  | RunChange
  | ArtifactChange
  | ModelChange
  | FileChange
  | PointsChange
  | CareChange
  | IdentityChange
  | RegistryChange
  | AuditChange;

/** One request's worth of changes: all of them or none. */
export interface Commit {
  readonly actor: Actor;
  /** Milliseconds UTC; becomes `createdAt`, `changedAt`, `modifiedAt` of what it touches. */
  readonly at: number;
  readonly changes: readonly Change[];
  /** A client's idempotency key, unique per actor: a commit whose key was seen changes nothing and answers the first receipt, for as long as it is kept. */
  readonly once?: string;
}

/** What the store decided while applying. */
export interface Receipt {
  /** Grows with every commit in the order in which they became durable, also across restarts. */
  readonly sequence: number;
  /** Project ids that `create-project` without an id received, in order. */
  readonly projects: readonly ProjectId[];
  /** Numbers that `register-version` gave, in order; absent when there was none. */
  readonly versions?: readonly number[];
  /** True when `once` had been seen. */
  readonly isRepeat: boolean;
}
