import type { ArtifactRef, ArtifactVersion } from '#core/domain/artifact.ts';
import type { Deployment, Evaluation } from '#core/domain/evaluation.ts';
import type { Dataset } from '#core/domain/dataset.ts';
import type { Promotion } from '#core/domain/gate.ts';
import type {
  DeploymentId,
  ManifestDigest,
  ModelId,
  PromotionId,
  RegisteredModelId,
  RunId,
  WorkspaceId,
} from '#core/domain/ids.ts';
import type { LineageEdge, LineageNode } from '#core/domain/lineage.ts';
import type { RegistryEntry } from '#core/domain/registry-log.ts';
import type { ModelVersion, RegisteredModel, VersionRef } from '#core/domain/registry.ts';

// Reads see every commit that was acknowledged before they began. What is deleted, or not there, reads as undefined or is left out: of
// a deleted model all but its log, of a deleted version it and its evaluations (its promotions and deployments are the model's
// history). Where an order leaves equals, it is any.

/** Which versions to look at: all conditions that are present hold. Without `models`, `runs`, `loggedModels` or `tag` it is all of the workspace. */
export interface VersionQuery {
  readonly workspace: WorkspaceId;
  readonly models?: readonly RegisteredModelId[];
  readonly runs?: readonly RunId[];
  readonly loggedModels?: readonly ModelId[];
  readonly tag?: { readonly key: string; readonly value?: string };
}

export interface EvaluationQuery {
  readonly version: VersionRef;
  readonly metric?: string;
  readonly environment?: string;
  /** Measured at or after, milliseconds UTC. */
  readonly since?: number;
  readonly limit: number;
}

export interface RegistryReader {
  registeredModel(id: RegisteredModelId): Promise<RegisteredModel | undefined>;
  registeredModelNamed(workspace: WorkspaceId, name: string): Promise<RegisteredModel | undefined>;
  /** All of the workspace, by name in code unit order. Kept in memory: registries are small and asked often. */
  registeredModels(workspace: WorkspaceId): Promise<readonly RegisteredModel[]>;

  modelVersion(ref: VersionRef): Promise<ModelVersion | undefined>;
  modelVersions(refs: readonly VersionRef[]): Promise<readonly ModelVersion[]>;
  /** By model id, then number ascending. */
  findVersions(query: VersionQuery): Promise<readonly ModelVersion[]>;
  /** Files and bytes of a manifest without reading its entries. */
  manifestSize(
    digest: ManifestDigest,
  ): Promise<{ readonly files: number; readonly bytes: number } | undefined>;

  /** The model's log, newest first, also of a deleted model. @param ask.before only entries with a smaller number. */
  registryLog(ask: {
    readonly model: RegisteredModelId;
    readonly version?: number;
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly RegistryEntry[]>;
  /** Who held what when, also of a deleted model: its entries that moved an alias or a stage or that deleted a version, first to last. */
  holderHistory(model: RegisteredModelId): Promise<readonly RegistryEntry[]>;
  /** The whole log of a model, also of a deleted one, from its first entry on, a part at a time. */
  registryTrail(model: RegisteredModelId): AsyncIterable<RegistryEntry>;

  promotion(id: PromotionId): Promise<Promotion | undefined>;
  /** Of one model, newest first; open ones only unless `isHistory`. */
  promotions(ask: {
    readonly model: RegisteredModelId;
    readonly isHistory?: boolean;
  }): Promise<readonly Promotion[]>;
  /** Open ones of the workspace, oldest first. */
  openPromotions(workspace: WorkspaceId): Promise<readonly Promotion[]>;

  /** Newest measurement first, then greater number first. */
  evaluations(query: EvaluationQuery): Promise<readonly Evaluation[]>;
  /** Of each of the versions the newest measurement per (metric, environment, dataset name and digest). */
  latestEvaluations(versions: readonly VersionRef[]): Promise<readonly Evaluation[]>;

  deployment(id: DeploymentId): Promise<Deployment | undefined>;
  /** Of one model, first started first, those that ended included. */
  deployments(model: RegisteredModelId): Promise<readonly Deployment[]>;
  /** Running ones of the workspace, first started first. */
  runningDeployments(workspace: WorkspaceId): Promise<readonly Deployment[]>;

  /** Distinct names of artifacts of a type, by name, each with its newest version. */
  artifacts(ask: {
    readonly workspace: WorkspaceId;
    readonly type: string;
  }): Promise<readonly ArtifactVersion[]>;
  /** By number ascending. */
  artifactVersions(artifact: ArtifactRef): Promise<readonly ArtifactVersion[]>;
  artifactVersion(
    ask: ArtifactRef & ({ readonly number: number } | { readonly digest: string }),
  ): Promise<ArtifactVersion | undefined>;
  /** What was said of a dataset version by whoever described it first in the workspace. */
  datasetDescription(ask: {
    readonly workspace: WorkspaceId;
    readonly name: string;
    readonly digest: string;
  }): Promise<Dataset | undefined>;

  /**
   * Edges at these nodes, at most `limit` for each node and way, oldest first: `up` those that lead to them, `down` those that lead from them.
   * What is at the other end may be deleted by now.
   */
  edges(ask: {
    readonly nodes: readonly LineageNode[];
    readonly way: 'up' | 'down';
    readonly limit: number;
    /** Only edges of this role, and the newest first. */
    readonly newestOf?: string;
  }): Promise<readonly LineageEdge[]>;
}
