import type {
  Account,
  AccountId,
  ApiKey,
  Invitation,
  KeyId,
  RoleBinding,
  SecretHash,
  Session,
  Team,
  TeamId,
} from '#core/domain/account.ts';
import type { AuditEntry } from '#core/domain/audit.ts';
import type { Dataset } from '#core/domain/dataset.ts';
import type { TreeFile, TreeOwner } from '#core/domain/file-tree.ts';
import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { Deployment, Evaluation } from '#core/domain/evaluation.ts';
import type { Promotion } from '#core/domain/gate.ts';
import type {
  BlobDigest,
  DeploymentId,
  ManifestDigest,
  ModelId,
  ProjectId,
  PromotionId,
  RegisteredModelId,
  RunId,
  WorkspaceId,
} from '#core/domain/ids.ts';
import type { LineageEdge } from '#core/domain/lineage.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import type { Manifest } from '#core/domain/manifest.ts';
import type { MetricSummary, PointColumns, SeriesOwner } from '#core/domain/point.ts';
import type { RegistryEntry } from '#core/domain/registry-log.ts';
import type { ModelVersion, RegisteredModel } from '#core/domain/registry.ts';
import { assertRunActive, type Run } from '#core/domain/run.ts';
import type { Project } from '#core/domain/project.ts';
import type { Workspace } from '#core/domain/workspace.ts';
import type { Commit, Receipt } from '#core/tracking/ports/change.ts';
import type { Touched } from '#storage/sql/commit-event.ts';
import { noModel, noRun } from '#storage/sql/refusals.ts';
import { Table, type Undo } from './table.ts';

/** A run without what is derived from its series. */
export type RunRow = Omit<Run, 'metrics'>;
export type ModelRow = Omit<LoggedModel, 'metrics'>;

export interface FileRow {
  readonly owner: TreeOwner;
  readonly file: TreeFile;
}

export interface SeriesRow {
  readonly owner: SeriesOwner;
  readonly metric: string;
  /** What each commit brought, in the order of commits. */
  readonly batches: readonly PointColumns[];
  readonly summary: MetricSummary;
}

export interface KeptReceipt {
  readonly receipt: Receipt;
  readonly key: string;
  readonly at: number;
  /** Actor and key, by which those of one time are ordered. */
  readonly order: readonly string[];
}

export interface AccountRow {
  readonly account: Account;
  readonly phc?: string;
  readonly seenAt?: number;
}

export interface KeyRow {
  readonly key: ApiKey;
  readonly hash: SecretHash;
}

/** A registered model without what is derived from its versions. */
export type RegisteredRow = Omit<RegisteredModel, 'stages' | 'versions'> & { readonly deletedAt?: number };
export type VersionRow = ModelVersion & { readonly deletedAt?: number };
/** Its manifest is told from its digest. */
export type ArtifactRow = Omit<ArtifactVersion, 'manifest'>;

/** A dataset as it was described first in a project. */
export interface DescribedDataset {
  readonly project: ProjectId;
  readonly at: number;
  readonly dataset: Dataset;
}

export function datasetKey({ project, dataset }: DescribedDataset): string {
  return JSON.stringify([project, dataset.name, dataset.digest]);
}

/** Everything the store knows. */
export class State {
  readonly #log: Undo[] = [];
  readonly workspaces = new Table<WorkspaceId, Workspace>(this.#log);
  readonly projects = new Table<ProjectId, Project>(this.#log);
  readonly lastRunNumber = new Table<ProjectId, number>(this.#log);
  readonly counters = new Table<'nextProject' | 'sequence', number>(this.#log);
  readonly runs = new Table<RunId, RunRow>(this.#log);
  /** By project, name and digest. */
  readonly datasets = new Table<string, DescribedDataset>(this.#log);
  readonly models = new Table<ModelId, ModelRow>(this.#log);
  readonly files = new Table<string, FileRow>(this.#log);
  readonly manifests = new Table<ManifestDigest, Manifest>(this.#log);
  readonly series = new Table<string, SeriesRow>(this.#log);
  readonly receipts = new Table<string, KeptReceipt>(this.#log);
  readonly accounts = new Table<AccountId, AccountRow>(this.#log);
  readonly teams = new Table<TeamId, Team>(this.#log);
  /** By `bindingKey`. */
  readonly bindings = new Table<string, RoleBinding>(this.#log);
  readonly keys = new Table<KeyId, KeyRow>(this.#log);
  readonly sessions = new Table<SecretHash, Session>(this.#log);
  readonly invitations = new Table<SecretHash, Invitation>(this.#log);
  /** By number. */
  readonly audit = new Table<number, AuditEntry>(this.#log);
  readonly registered = new Table<RegisteredModelId, RegisteredRow>(this.#log);
  /** By `versionKey`. */
  readonly versions = new Table<string, VersionRow>(this.#log);
  /** Each model's log, first to last. */
  readonly registryLogs = new Table<RegisteredModelId, readonly RegistryEntry[]>(this.#log);
  readonly promotions = new Table<PromotionId, Promotion>(this.#log);
  /** By number. */
  readonly evaluations = new Table<number, Evaluation>(this.#log);
  readonly deployments = new Table<DeploymentId, Deployment>(this.#log);
  /** By `artifactKey`. */
  readonly artifacts = new Table<string, ArtifactRow>(this.#log);
  /** By `edgeKey`, oldest first. */
  readonly edges = new Table<string, LineageEdge>(this.#log);
  /** Since when nothing names a blob. */
  readonly condemned = new Table<BlobDigest, number>(this.#log);

  /** Runs `work`; when it throws, everything it did to the tables is taken back. */
  attempt<Result>(work: () => Result): Result {
    this.#log.length = 0;
    try {
      return work();
    } catch (error) {
      for (const undo of this.#log.toReversed()) undo();
      throw error;
    }
  }
}

/** What the changes of one commit share. */
export interface Applying {
  readonly state: State;
  readonly actor: Commit['actor'];
  readonly at: number;
  readonly sequence: number;
  readonly touched: Touched;
  /** Ids given to projects that were created without one. */
  readonly given: ProjectId[];
  /** Numbers that `register-version` gave. */
  readonly numbered: number[];
}

/** @throws Fault `not_found`. */
export function existingRun({ state }: Pick<Applying, 'state'>, id: RunId): RunRow {
  const run = state.runs.get(id);
  if (!run) throw noRun(id);
  return run;
}

/** @throws Fault `not_found`, `invalid` (wrong-state). */
export function activeRun(applying: Pick<Applying, 'state'>, id: RunId): RunRow {
  const run = existingRun(applying, id);
  assertRunActive(run);
  return run;
}

/** @throws Fault `not_found`, also when it is deleted. */
export function activeModel({ state }: Pick<Applying, 'state'>, id: ModelId): ModelRow {
  const model = state.models.get(id);
  if (!model || model.deletedAt !== undefined) throw noModel(id);
  return model;
}

/** Stores a run that a client wrote to. */
export function keepRun({ state, at, sequence, touched }: Applying, run: RunRow): void {
  state.runs.set(run.id, { ...run, changedAt: at, sequence });
  touched.run(run.id, run.project);
}
