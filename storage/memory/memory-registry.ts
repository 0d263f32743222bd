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
import type { RegistryAction, RegistryEntry } from '#core/domain/registry-log.ts';
import type { ModelVersion, RegisteredModel, VersionRef } from '#core/domain/registry.ts';
import type { EvaluationQuery, RegistryReader, VersionQuery } from '#core/tracking/ports/registry.ts';
import { artifactsIn, artifactVersionsOf, edgesAt } from './read-lineage.ts';
import { registeredModel, versionKey } from './registered.ts';
import type { RegisteredRow, State, VersionRow } from './state.ts';

type Ask<Method extends keyof RegistryReader> = Parameters<RegistryReader[Method]>[0];

/** What moves an alias or a stage from one version to another. */
const HOLDING: ReadonlySet<RegistryAction> = new Set([
  'alias.moved',
  'alias.removed',
  'stage.changed',
  'version.deleted',
]);

export class MemoryRegistry implements RegistryReader {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async registeredModel(id: RegisteredModelId): Promise<RegisteredModel | undefined> {
    const row = this.#state.registered.get(id);
    return row && row.deletedAt === undefined ? registeredModel(this.#state, row) : undefined;
  }

  async registeredModelNamed(workspace: WorkspaceId, name: string): Promise<RegisteredModel | undefined> {
    const isNamed = (row: RegisteredRow) =>
      row.workspace === workspace && row.name === name && row.deletedAt === undefined;
    const row = this.#state.registered.values().find(isNamed);
    return row && registeredModel(this.#state, row);
  }

  async registeredModels(workspace: WorkspaceId): Promise<readonly RegisteredModel[]> {
    return this.#models()
      .filter((model) => model.workspace === workspace)
      .toArray()
      .toSorted((a, b) => byText(a.name, b.name));
  }

  async modelVersion(ref: VersionRef): Promise<ModelVersion | undefined> {
    const row = this.#state.versions.get(versionKey(ref));
    return row && this.#isThere(row) ? row : undefined;
  }

  async modelVersions(refs: readonly VersionRef[]): Promise<readonly ModelVersion[]> {
    const found = await Promise.all(refs.map((ref) => this.modelVersion(ref)));
    return found.filter((version) => version !== undefined);
  }

  async findVersions(query: VersionQuery): Promise<readonly ModelVersion[]> {
    const { workspace, models, runs, loggedModels, tag } = query;
    return this.#state.versions
      .values()
      .filter((row) => this.#isThere(row))
      .filter((row) => this.#state.registered.get(row.model)?.workspace === workspace)
      .filter((row) => !models || models.includes(row.model))
      .filter((row) => !runs || (row.run !== undefined && runs.includes(row.run)))
      .filter((row) => !loggedModels || (!!row.loggedModel && loggedModels.includes(row.loggedModel)))
      .filter(
        ({ tags }) => !tag || (tags.has(tag.key) && (tag.value ?? tags.get(tag.key)) === tags.get(tag.key)),
      )
      .toArray()
      .toSorted(byVersion);
  }

  async manifestSize(
    digest: ManifestDigest,
  ): Promise<{ readonly files: number; readonly bytes: number } | undefined> {
    const manifest = this.#state.manifests.get(digest);
    if (!manifest) return undefined;
    const bytes = manifest.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return { files: manifest.entries.length, bytes };
  }

  async registryLog({
    model,
    version,
    before,
    limit,
  }: Ask<'registryLog'>): Promise<readonly RegistryEntry[]> {
    return this.#log(model)
      .filter((entry) => version === undefined || entry.version === version)
      .filter((entry) => before === undefined || entry.number < before)
      .toReversed()
      .slice(0, limit);
  }

  async holderHistory(model: RegisteredModelId): Promise<readonly RegistryEntry[]> {
    return this.#log(model).filter(({ action }) => HOLDING.has(action));
  }

  async *registryTrail(model: RegisteredModelId): AsyncGenerator<RegistryEntry, void, undefined> {
    yield* this.#log(model);
  }

  async promotion(id: PromotionId): Promise<Promotion | undefined> {
    const promotion = this.#state.promotions.get(id);
    return promotion && this.#hasModel(promotion) ? promotion : undefined;
  }

  async promotions({ model, isHistory = false }: Ask<'promotions'>): Promise<readonly Promotion[]> {
    return this.#promotions()
      .filter(({ version, status }) => version.model === model && (isHistory || status === 'open'))
      .toArray()
      .toSorted((a, b) => b.askedAt - a.askedAt || byText(b.id, a.id));
  }

  async openPromotions(workspace: WorkspaceId): Promise<readonly Promotion[]> {
    return this.#promotions()
      .filter((one) => one.status === 'open' && this.#workspaceOf(one) === workspace)
      .toArray()
      .toSorted((a, b) => a.askedAt - b.askedAt || byText(a.id, b.id));
  }

  async evaluations(query: EvaluationQuery): Promise<readonly Evaluation[]> {
    const { version, metric, environment, since, limit } = query;
    return this.#evaluationsOf(version)
      .filter((one) => metric === undefined || one.metric === metric)
      .filter((one) => environment === undefined || one.environment === environment)
      .filter((one) => since === undefined || one.at >= since)
      .slice(0, limit);
  }

  async latestEvaluations(versions: readonly VersionRef[]): Promise<readonly Evaluation[]> {
    const refs = new Map(versions.map((ref) => [versionKey(ref), ref]));
    return [...refs.values()].flatMap((ref) => {
      const latest = new Map<string, Evaluation>();
      for (const one of this.#evaluationsOf(ref)) {
        const { metric, environment, dataset } = one;
        const key = JSON.stringify([metric, environment, dataset?.name, dataset?.digest]);
        if (!latest.has(key)) latest.set(key, one);
      }
      return [...latest.values()];
    });
  }

  async deployment(id: DeploymentId): Promise<Deployment | undefined> {
    const deployment = this.#state.deployments.get(id);
    return deployment && this.#hasModel(deployment) ? deployment : undefined;
  }

  async deployments(model: RegisteredModelId): Promise<readonly Deployment[]> {
    return this.#deployments()
      .filter(({ version }) => version.model === model)
      .toArray()
      .toSorted(byStart);
  }

  async runningDeployments(workspace: WorkspaceId): Promise<readonly Deployment[]> {
    return this.#deployments()
      .filter((one) => one.endedAt === undefined && this.#workspaceOf(one) === workspace)
      .toArray()
      .toSorted(byStart);
  }

  async artifacts(ask: Ask<'artifacts'>): Promise<readonly ArtifactVersion[]> {
    return artifactsIn(this.#state, ask);
  }

  async artifactVersions(artifact: ArtifactRef): Promise<readonly ArtifactVersion[]> {
    return artifactVersionsOf(this.#state, artifact);
  }

  async artifactVersion(ask: Ask<'artifactVersion'>): Promise<ArtifactVersion | undefined> {
    return artifactVersionsOf(this.#state, ask).find((version) =>
      'number' in ask ? version.number === ask.number : version.digest === ask.digest,
    );
  }

  async datasetDescription(ask: Ask<'datasetDescription'>): Promise<Dataset | undefined> {
    const { workspace, name, digest } = ask;
    const described = [...this.#state.datasets.values()].filter(
      ({ dataset, project }) =>
        dataset.name === name &&
        dataset.digest === digest &&
        this.#state.projects.get(project)?.workspace === workspace,
    );
    const inOrder = described.toSorted((a, b) => a.at - b.at || (a.project < b.project ? -1 : 1));
    return inOrder[0]?.dataset;
  }

  async edges(ask: Ask<'edges'>): Promise<readonly LineageEdge[]> {
    return edgesAt(this.#state, ask);
  }

  #models(): IteratorObject<RegisteredModel> {
    return this.#state.registered
      .values()
      .filter((row) => row.deletedAt === undefined)
      .map((row) => registeredModel(this.#state, row));
  }

  #isThere({ model, deletedAt }: VersionRow): boolean {
    return deletedAt === undefined && this.#hasModel({ version: { model } });
  }

  #hasModel({ version }: { readonly version: Pick<VersionRef, 'model'> }): boolean {
    const model = this.#state.registered.get(version.model);
    return model !== undefined && model.deletedAt === undefined;
  }

  #workspaceOf({ version }: { readonly version: VersionRef }): WorkspaceId | undefined {
    return this.#state.registered.get(version.model)?.workspace;
  }

  #log(model: RegisteredModelId): readonly RegistryEntry[] {
    return this.#state.registryLogs.get(model) ?? [];
  }

  #promotions(): IteratorObject<Promotion> {
    return this.#state.promotions.values().filter((one) => this.#hasModel(one));
  }

  #deployments(): IteratorObject<Deployment> {
    return this.#state.deployments.values().filter((one) => this.#hasModel(one));
  }

  /** Newest measurement first. */
  #evaluationsOf(ref: VersionRef): readonly Evaluation[] {
    const key = versionKey(ref);
    const row = this.#state.versions.get(key);
    if (!row || !this.#isThere(row)) return [];
    return this.#state.evaluations
      .values()
      .filter((one) => versionKey(one.version) === key)
      .toArray()
      .toSorted((a, b) => b.at - a.at || b.number - a.number);
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function byVersion(a: VersionRef, b: VersionRef): number {
  return byText(a.model, b.model) || a.number - b.number;
}

function byStart(a: Deployment, b: Deployment): number {
  return a.startedAt - b.startedAt || byText(a.id, b.id);
}
