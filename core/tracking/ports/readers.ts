import type { BlobDigest, ManifestDigest, ModelId, ProjectId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import type { TreeEntry, TreeFile, TreeOwner } from '#core/domain/file-tree.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import type { Manifest } from '#core/domain/manifest.ts';
import type { Project } from '#core/domain/project.ts';
import type { Run } from '#core/domain/run.ts';
import type { Workspace } from '#core/domain/workspace.ts';
import type { Place } from '#core/query/place.ts';
import type { Filter, OrderTerm } from '#core/query/syntax.ts';

// Reads see every commit that was acknowledged before they began. All ids that are not there read as undefined.

export interface WorkspaceReader {
  workspace(id: WorkspaceId): Promise<Workspace | undefined>;
  /** By id, in code unit order. */
  workspaces(): Promise<readonly Workspace[]>;
}

export interface ProjectReader {
  project(id: ProjectId): Promise<Project | undefined>;
  /** Also deleted ones. */
  projectByName(workspace: WorkspaceId, name: string): Promise<Project | undefined>;
  /** In order of creation. */
  projects(workspace: WorkspaceId, view: LifecycleView): Promise<readonly Project[]>;
}

/** Which runs are asked for: parsed by core/query, whose evaluator says what it means. */
export interface RunSearch {
  readonly projects: readonly ProjectId[];
  readonly view: LifecycleView;
  readonly filter: Filter;
  /** Before the newest first, then by id: `compareRuns`. */
  readonly order: readonly OrderTerm[];
  readonly limit: number;
  /** Of the last run of the page before: `startAfter` says where this one begins. */
  readonly after?: Place | undefined;
}

/** A page of what was found; `start` runs are before it. */
export interface FoundRuns {
  readonly items: readonly Run[];
  readonly total: number;
  readonly start: number;
}

export interface RunReader {
  run(id: RunId): Promise<Run | undefined>;
  /** Of any run, deleted ones included, without putting the run together: what is asked before each write to it. */
  projectOfRun(id: RunId): Promise<ProjectId | undefined>;
  runByNumber(project: ProjectId, number: number): Promise<Run | undefined>;
  /** All runs of these projects, metrics included, in no order that may be relied upon. */
  runs(projects: readonly ProjectId[], view: LifecycleView): Promise<readonly Run[]>;
  /** Exactly the runs for which `matchesRun` holds, in the order of `compareRuns`. */
  searchRuns(search: RunSearch): Promise<FoundRuns>;
  /** Runs of any project whose status is `running` or `scheduled` and that are not deleted. */
  activeRuns(): Promise<readonly Run[]>;
  /** The last `limit` active (not deleted) runs of any project by start time, newest first. */
  recentRuns(limit: number): Promise<readonly Run[]>;
}

export interface ModelReader {
  /** Deleted ones read as undefined. */
  model(id: ModelId): Promise<LoggedModel | undefined>;
  models(projects: readonly ProjectId[]): Promise<readonly LoggedModel[]>;
  manifest(digest: ManifestDigest): Promise<Manifest | undefined>;
}

export interface FileReader {
  file(owner: TreeOwner, path: string): Promise<TreeFile | undefined>;
  /** One level below `folder` ('' is the root), directories first, each by name in code unit order. Empty when there is none. */
  list(owner: TreeOwner, folder: string): Promise<readonly TreeEntry[]>;
  /** Every file below `folder`, by path. */
  files(owner: TreeOwner, folder: string): Promise<readonly TreeFile[]>;
  /** Whether any tree or manifest names the blob. */
  isReferenced(digest: BlobDigest): Promise<boolean>;
  /** Blobs condemned at or before a time (ms UTC), by digest, at most `limit` of them behind `after`. */
  condemned(ask: {
    readonly until: number;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly BlobDigest[]>;
}

export interface CatalogReader extends WorkspaceReader, ProjectReader, RunReader, ModelReader, FileReader {
  /** Whether there are idempotency keys that were first seen before a time (ms UTC). */
  hasReceipts(ask: { readonly before: number }): Promise<boolean>;
}
