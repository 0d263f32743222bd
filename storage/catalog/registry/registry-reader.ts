import type { ArtifactRef, ArtifactVersion } from '#core/domain/artifact.ts';
import type { Dataset } from '#core/domain/dataset.ts';
import type { Deployment, Evaluation } from '#core/domain/evaluation.ts';
import type { Promotion } from '#core/domain/gate.ts';
import type {
  DeploymentId,
  ManifestDigest,
  PromotionId,
  RegisteredModelId,
  WorkspaceId,
} from '#core/domain/ids.ts';
import type { LineageEdge } from '#core/domain/lineage.ts';
import type { RegistryEntry } from '#core/domain/registry-log.ts';
import type { ModelVersion, RegisteredModel, VersionRef } from '#core/domain/registry.ts';
import type { EvaluationQuery, RegistryReader, VersionQuery } from '#core/tracking/ports/registry.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { describedFirst } from '../datasets.ts';
import { manifestSize } from '../manifests.ts';
import type { CatalogDb } from '../tables.ts';
import { artifactsIn, artifactVersionsOf, artifactVersionWith } from './artifacts.ts';
import { deploymentsOf, readableDeployment, runningIn } from './deployments.ts';
import { edgesAt } from './edges.ts';
import { evaluationsOf, latestEvaluations } from './evaluations.ts';
import { findVersions, versionsWith } from './find-versions.ts';
import type { ModelCache } from './model-cache.ts';
import { openPromotionsIn, promotionsOf, readablePromotion } from './promotions.ts';
import { holdingEntries, registryPage, registryTrail } from './registry-entries.ts';

type Ask<Method extends keyof RegistryReader> = Parameters<RegistryReader[Method]>[0];

/** The registry as it was last committed: models from memory, everything else from its tables. */
export class SqlRegistryReader implements RegistryReader {
  readonly #db: CatalogDb;
  readonly #dialect: Connection['dialect'];
  readonly #models: ModelCache;
  readonly #fresh: () => Promise<void>;

  constructor(parts: {
    readonly db: CatalogDb;
    readonly dialect: Connection['dialect'];
    readonly models: ModelCache;
    /** Applies what other servers committed by now, where there are others. */
    readonly fresh?: () => Promise<void>;
  }) {
    this.#db = parts.db;
    this.#dialect = parts.dialect;
    this.#models = parts.models;
    this.#fresh = parts.fresh ?? (async () => undefined);
  }

  async registeredModel(id: RegisteredModelId): Promise<RegisteredModel | undefined> {
    await this.#fresh();
    return this.#models.model(id);
  }

  async registeredModelNamed(workspace: WorkspaceId, name: string): Promise<RegisteredModel | undefined> {
    await this.#fresh();
    return this.#models.named(workspace, name);
  }

  async registeredModels(workspace: WorkspaceId): Promise<readonly RegisteredModel[]> {
    await this.#fresh();
    return this.#models.all(workspace);
  }

  async modelVersion(ref: VersionRef): Promise<ModelVersion | undefined> {
    return (await versionsWith(this.#db, [ref]))[0];
  }

  async modelVersions(refs: readonly VersionRef[]): Promise<readonly ModelVersion[]> {
    return versionsWith(this.#db, refs);
  }

  async findVersions(query: VersionQuery): Promise<readonly ModelVersion[]> {
    return findVersions(this.#db, query);
  }

  async manifestSize(
    digest: ManifestDigest,
  ): Promise<{ readonly files: number; readonly bytes: number } | undefined> {
    return manifestSize(this.#db, digest);
  }

  async registryLog(ask: Ask<'registryLog'>): Promise<readonly RegistryEntry[]> {
    return registryPage(this.#db, ask);
  }

  async holderHistory(model: RegisteredModelId): Promise<readonly RegistryEntry[]> {
    return holdingEntries(this.#db, model);
  }

  registryTrail(model: RegisteredModelId): AsyncIterable<RegistryEntry> {
    return registryTrail(this.#db, model);
  }

  async promotion(id: PromotionId): Promise<Promotion | undefined> {
    return readablePromotion(this.#db, id);
  }

  async promotions(ask: Ask<'promotions'>): Promise<readonly Promotion[]> {
    return promotionsOf(this.#db, ask);
  }

  async openPromotions(workspace: WorkspaceId): Promise<readonly Promotion[]> {
    return openPromotionsIn(this.#db, workspace);
  }

  async evaluations(query: EvaluationQuery): Promise<readonly Evaluation[]> {
    return evaluationsOf(this.#db, query);
  }

  async latestEvaluations(versions: readonly VersionRef[]): Promise<readonly Evaluation[]> {
    return latestEvaluations(this.#db, versions);
  }

  async deployment(id: DeploymentId): Promise<Deployment | undefined> {
    return readableDeployment(this.#db, id);
  }

  async deployments(model: RegisteredModelId): Promise<readonly Deployment[]> {
    return deploymentsOf(this.#db, model);
  }

  async runningDeployments(workspace: WorkspaceId): Promise<readonly Deployment[]> {
    return runningIn(this.#db, workspace);
  }

  async artifacts(ask: Ask<'artifacts'>): Promise<readonly ArtifactVersion[]> {
    return artifactsIn(this.#db, ask);
  }

  async artifactVersions(artifact: ArtifactRef): Promise<readonly ArtifactVersion[]> {
    return artifactVersionsOf(this.#db, artifact);
  }

  async artifactVersion(ask: Ask<'artifactVersion'>): Promise<ArtifactVersion | undefined> {
    return artifactVersionWith(this.#db, ask);
  }

  async datasetDescription(ask: Ask<'datasetDescription'>): Promise<Dataset | undefined> {
    await this.#fresh();
    return describedFirst(this.#db, ask);
  }

  async edges(ask: Ask<'edges'>): Promise<readonly LineageEdge[]> {
    return edgesAt({ db: this.#db, dialect: this.#dialect }, ask);
  }
}
