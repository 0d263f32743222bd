import type { Actor } from './actor.ts';
import { Fault } from './fault.ts';
import type { ManifestDigest, ModelId, ProjectId, RunId } from './ids.ts';
import type { MetricSummary, SeriesOwner } from './point.ts';

export type ModelStatus = 'pending' | 'ready' | 'upload_failed';

/** A metric of a logged model: who measured it, on what. */
export interface ModelMetric {
  readonly owner: Extract<SeriesOwner, { kind: 'model' }>;
  readonly metric: string;
  readonly summary: MetricSummary;
}

/** A model that a run saved. Its files are a tree of their own; finalising it seals them as a manifest. */
export interface LoggedModel {
  readonly id: ModelId;
  readonly project: ProjectId;
  readonly name: string;
  readonly modelType: string;
  readonly sourceRun?: RunId;
  readonly status: ModelStatus;
  readonly statusMessage?: string;
  readonly artifactUri: string;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt?: number;
  readonly createdBy: Actor;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly metrics: readonly ModelMetric[];
  /** The artifact version that was sealed when it became ready. */
  readonly manifest?: ManifestDigest;
}

/** The tag of a logged model in which MLflow's clients find the versions it was registered as. */
export const MODEL_VERSIONS_TAG = 'mlflow.modelVersions';

/** That tag's value with one version more: a JSON list of names and numbers. A stored text that is no list counts for nothing. */
export function withModelVersion(
  stored: string | undefined,
  added: { readonly name: string; readonly version: number },
): string {
  const { name, version } = added;
  return JSON.stringify([...listIn(stored), { name, version }]);
}

function listIn(text: string | undefined): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** @throws Fault `invalid`: a model name goes into URIs, so `/ : . % " '` are refused. */
export function assertModelName(name: string): void {
  if (name === '' || /[/:.%"']/.test(name)) {
    throw new Fault(
      'invalid',
      `Invalid model name ('${name.slice(0, 80)}') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
      { field: 'name' },
    );
  }
}
