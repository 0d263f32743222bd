import { createHash } from 'node:crypto';
import type { Dataset } from '#core/domain/dataset.ts';
import type { Evaluation } from '#core/domain/evaluation.ts';
import type { CheckResult } from '#core/domain/gate.ts';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type {
  DeploymentId,
  ManifestDigest,
  PromotionId,
  RegisteredModelId,
  RunId,
} from '#core/domain/ids.ts';
import { canonicalManifest, type Manifest, type ManifestEntry } from '#core/domain/manifest.ts';
import type { RegistryEntry, RegistryNote } from '#core/domain/registry-log.ts';
import type { PromotionTarget, VersionRef } from '#core/domain/registry.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { AT } from './sample-changes.ts';

type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;
type More<Kind extends Change['kind']> = Partial<Omit<Of<Kind>, 'kind'>>;

export const CHURN = registeredIdOf(1);
export const CHAMPION = alias('champion');
export const PRODUCTION = stage('production');
export const THREE_VERSIONS = [createRegistered(), registerVersion(), registerVersion(), registerVersion()];
export const PASSED: CheckResult = { kind: 'metric', isPassed: true, detail: 'auc 0.91 on holdout' };
export const REFUSED: CheckResult = { kind: 'approval', isPassed: false, detail: '1 of 2' };

export function registeredIdOf(n: number): RegisteredModelId {
  return `rm-${n.toString(16).padStart(32, '0')}` as RegisteredModelId;
}

export function promotionIdOf(n: number): PromotionId {
  return `pr-${n.toString(16).padStart(32, '0')}` as PromotionId;
}

export function deploymentIdOf(n: number): DeploymentId {
  return `d-${n.toString(16).padStart(32, '0')}` as DeploymentId;
}

export function versionOf(number: number, model = CHURN): VersionRef {
  return { model, number };
}

export function createRegistered(n = 1, name = 'churn', more: More<'create-registered-model'> = {}): Change {
  const id = registeredIdOf(n);
  const workspace = DEFAULT_WORKSPACE;
  return { kind: 'create-registered-model', id, workspace, name, description: '', tags: [], ...more };
}

export function registerVersion(
  version: Partial<Of<'register-version'>['version']> = {},
  more: Omit<More<'register-version'>, 'version'> = {},
): Change {
  const source = 's3://bucket/model';
  const said = { description: '', userId: 'ada', source, storageLocation: source, ...version };
  return { kind: 'register-version', model: CHURN, version: said, tags: [], ...more };
}

export function promote(
  number: number,
  target: PromotionTarget = CHAMPION,
  more: More<'promote'> = {},
): Change {
  return { kind: 'promote', version: versionOf(number), target, reason: '', checks: [], ...more };
}

export function askPromotion(
  id: number,
  number: number,
  target: PromotionTarget = CHAMPION,
  more: More<'ask-promotion'> = {},
): Change {
  const version = versionOf(number);
  return {
    kind: 'ask-promotion',
    id: promotionIdOf(id),
    version,
    target,
    reason: '',
    archiveOthers: false,
    ...more,
  };
}

export function decide(
  id: number,
  decision: Of<'decide-promotion'>['decision'] = 'approved',
  reason = '',
): Change {
  return { kind: 'decide-promotion', promotion: promotionIdOf(id), decision, role: 'editor', reason };
}

export function evaluate(
  number: number,
  rows: ReadonlyArray<Partial<Omit<Evaluation, 'number' | 'version' | 'by'>>>,
  isRoutine = false,
): Change {
  const evaluations = rows.map((row) => {
    return { metric: 'auc', value: 0.9, environment: 'development', at: AT, ...row };
  });
  return { kind: 'record-evaluations', version: versionOf(number), evaluations, isRoutine };
}

export function startDeployment(
  id: number,
  number: number,
  more: Partial<Of<'start-deployment'>['deployment']> & {
    readonly isBeside?: boolean;
    readonly reason?: string;
  } = {},
): Change {
  const { isBeside = false, reason = '', ...said } = more;
  const version = versionOf(number);
  const deployment = { id: deploymentIdOf(id), version, environment: 'eu-prod', startedAt: AT, ...said };
  return { kind: 'start-deployment', deployment, isBeside, reason };
}

export function alias(name: string): PromotionTarget {
  return { kind: 'alias', name };
}

export function stage(name: string): PromotionTarget {
  return { kind: 'stage', name };
}

/** Describes datasets as inputs of a run, without a word on what they are for. */
export function useDatasets(run: RunId, datasets: readonly Dataset[]): Change {
  const described = datasets.map((dataset) => ({ dataset, tags: new Map<string, string>() }));
  return { kind: 'add-inputs', run, datasets: described, models: [] };
}

export function datasetOf(name: string, digest: string): Dataset {
  return { name, digest, sourceType: 'local', source: '/data' };
}

/** The digest of a sealed model of these files, by path. */
export function sealedDigest(
  entries: readonly ManifestEntry[],
  type: Manifest['type'] = 'model',
): ManifestDigest {
  const text = canonicalManifest({ type, entries, metadata: {} });
  return createHash('sha256').update(text).digest('hex') as ManifestDigest;
}

/** The model's log, first to last, without what the chain adds. */
export async function notesOf({ registry }: Store, model = CHURN): Promise<readonly RegistryNote[]> {
  const entries = await registry.registryLog({ model, limit: 1000 });
  return entries.toReversed().map(noteOf);
}

function noteOf({ action, version, reason, details }: RegistryEntry): RegistryNote {
  return { action, ...(version !== undefined && { version }), reason, details };
}
