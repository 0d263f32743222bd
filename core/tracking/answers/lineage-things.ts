import { seesArtifact } from '../artifacts/artifact-sight.ts';
import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { Deployment } from '#core/domain/evaluation.ts';
import { lineageKey, type LineageNode } from '#core/domain/lineage.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import type { ModelVersion, RegisteredModel } from '#core/domain/registry.ts';
import type { Project } from '#core/domain/project.ts';
import type { Run } from '#core/domain/run.ts';
import type { Ports } from '../ports/ports.ts';
import { datasetSight } from './datasets.ts';
import type { Sight } from './sight.ts';
import type { Judge } from './lineage-walk.ts';

/** What a node stands for, as far as it may be seen. */
export type LineageThing =
  | { readonly kind: 'artifact'; readonly artifact: ArtifactVersion }
  | { readonly kind: 'run'; readonly run: Run; readonly project: Project }
  | { readonly kind: 'logged-model'; readonly model: LoggedModel; readonly project: Project }
  | { readonly kind: 'version'; readonly version: ModelVersion; readonly model: RegisteredModel }
  | { readonly kind: 'deployment'; readonly deployment: Deployment; readonly model: RegisteredModel };

type Found = LineageThing | 'hidden' | 'gone';

/** Looks up what nodes stand for, each once, and whether whoever asks may see it. */
export class LineageThings {
  readonly #ports: Pick<Ports, 'registry' | 'catalog'>;
  readonly #sight: Sight;
  readonly #found = new Map<string, Found>();
  #knows: ReturnType<typeof datasetSight> | undefined;

  constructor(ports: Pick<Ports, 'registry' | 'catalog'>, sight: Sight) {
    this.#ports = ports;
    this.#sight = sight;
  }

  /** Undefined for what was not judged, is gone or hidden. */
  of(key: string): LineageThing | undefined {
    const found = this.#found.get(key);
    return typeof found === 'object' ? found : undefined;
  }

  readonly judge: Judge = async (nodes) => {
    const versions = await this.#versions(nodes);
    return Promise.all(
      nodes.map(async (node) => {
        const found = await this.#find(node, versions);
        this.#found.set(lineageKey(node), found);
        return typeof found === 'object' ? 'shown' : found;
      }),
    );
  };

  async #versions(nodes: readonly LineageNode[]): Promise<ReadonlyMap<string, ModelVersion>> {
    const refs = nodes.filter((node) => node.kind === 'version');
    const versions = refs.length === 0 ? [] : await this.#ports.registry.modelVersions(refs);
    return new Map(
      versions.map((version) => [
        lineageKey({ kind: 'version', model: version.model, number: version.number }),
        version,
      ]),
    );
  }

  async #find(node: LineageNode, versions: ReadonlyMap<string, ModelVersion>): Promise<Found> {
    const { catalog, registry } = this.#ports;
    switch (node.kind) {
      case 'artifact': {
        if (node.workspace !== this.#sight.workspace) return 'hidden';
        const artifact = await registry.artifactVersion(node);
        if (!artifact) return 'gone';
        const knows = await (this.#knows ??= datasetSight(this.#ports, this.#sight));
        const isSeen = knows(artifact) || (await seesArtifact(this.#ports, this.#sight, artifact));
        return isSeen ? { kind: 'artifact', artifact } : 'hidden';
      }
      case 'run': {
        const run = await catalog.run(node.run);
        if (!run) return 'gone';
        const project = this.#sight.projects.get(run.project);
        return project ? { kind: 'run', run, project } : 'hidden';
      }
      case 'logged-model': {
        const model = await catalog.model(node.model);
        if (!model) return 'gone';
        const project = this.#sight.projects.get(model.project);
        return project ? { kind: 'logged-model', model, project } : 'hidden';
      }
      case 'version': {
        const version = versions.get(lineageKey(node));
        const model = version && (await registry.registeredModel(version.model));
        if (!model) return 'gone';
        return this.#reads(model) ? { kind: 'version', version, model } : 'hidden';
      }
      case 'deployment': {
        const deployment = await registry.deployment(node.deployment);
        const model = deployment && (await registry.registeredModel(deployment.version.model));
        if (!model) return 'gone';
        return this.#reads(model) ? { kind: 'deployment', deployment, model } : 'hidden';
      }
    }
    return node satisfies never;
  }

  #reads(model: RegisteredModel): boolean {
    return this.#sight.reaches('registry:read', model);
  }
}
