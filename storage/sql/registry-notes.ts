// What each change of the registry writes into the model's log, worded once for every engine: the table at
// `RegistryAction` in core/domain/registry-log.ts. An engine says what changed; undefined here means that nothing did.
import type { Evaluation } from '#core/domain/evaluation.ts';
import type { CheckResult, Gate } from '#core/domain/gate.ts';
import type { RegistryNote } from '#core/domain/registry-log.ts';
import type { ModelVersion, PromotionTarget, RegisteredModel } from '#core/domain/registry.ts';
import type { Tag } from '#core/tracking/ports/change.ts';

type Details = RegistryNote['details'];
type Tags = ReadonlyMap<string, string>;

/** Ids of promotions and deployments that a change closed. */
export interface Closed {
  readonly withdrawn: readonly string[];
  readonly ended: readonly string[];
}

const SHOWN = 200;
const SHOWN_EVALUATIONS = 20;

export function modelCreated(name: string): RegistryNote {
  return { action: 'model.created', reason: '', details: { name } };
}

export function modelUpdated(
  before: Pick<RegisteredModel, 'name' | 'description' | 'owner'>,
  after: Pick<RegisteredModel, 'name' | 'description' | 'owner'>,
): RegistryNote | undefined {
  const details = {
    ...(after.description !== before.description && { description: cut(after.description) }),
    ...(after.owner !== before.owner && { owner: cut(after.owner) }),
  };
  if (after.name !== before.name) {
    const renamed = { from: before.name, to: after.name, ...details };
    return { action: 'model.renamed', reason: '', details: renamed };
  }
  if (Object.keys(details).length === 0) return undefined;
  return { action: 'model.changed', reason: '', details };
}

export function modelDeleted(
  { name, versions }: Pick<RegisteredModel, 'name' | 'versions'>,
  closed: Closed & { readonly reason: string },
): RegistryNote {
  const details = { name, versions: String(versions), ...closedDetails(closed) };
  return { action: 'model.deleted', reason: closed.reason, details };
}

/** The last of equal keys wins. With a version's number it is about that version. */
export function tagged(stored: Tags, added: readonly Tag[], version?: number): RegistryNote | undefined {
  const wanted = new Map(added.map(({ key, value }) => [key, value]));
  const changed = [...wanted].filter(([key, value]) => stored.get(key) !== value);
  if (changed.length === 0) return undefined;
  const details = Object.fromEntries(changed.map(([key, value]) => [`tag ${key}`, cut(value)]));
  if (version === undefined) return { action: 'model.tagged', reason: '', details };
  return { action: 'version.tagged', version, reason: '', details };
}

export function untagged(stored: Tags, key: string, version?: number): RegistryNote | undefined {
  const value = stored.get(key);
  if (value === undefined) return undefined;
  const details = { [`tag ${key}`]: cut(value) };
  if (version === undefined) return { action: 'model.untagged', reason: '', details };
  return { action: 'version.untagged', version, reason: '', details };
}

/** Gates are equal when their JSON is. */
export function gatesDeclared(
  before: readonly Gate[],
  after: readonly Gate[],
  reason: string,
): RegistryNote | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const details = after.map(({ target, checks, approval }) => {
    const value = JSON.stringify({ checks, ...(approval && { approval }) });
    return [`${target.kind} ${target.name}`, value] as const;
  });
  return { action: 'gates.declared', reason, details: Object.fromEntries(details) };
}

export function versionRegistered(
  version: Pick<ModelVersion, 'number' | 'source' | 'run' | 'loggedModel' | 'manifest'>,
): RegistryNote {
  const { number, source, run, loggedModel, manifest } = version;
  const details = {
    source: cut(source),
    ...(run !== undefined && { run }),
    ...(loggedModel !== undefined && { 'logged model': loggedModel }),
    ...(manifest !== undefined && { manifest }),
  };
  return { action: 'version.registered', version: number, reason: '', details };
}

export function versionUpdated(
  before: Pick<ModelVersion, 'number' | 'description' | 'deprecated'>,
  wanted: {
    readonly description?: string;
    readonly deprecated?: { readonly reason: string } | null;
  },
): RegistryNote | undefined {
  const { number: version } = before;
  const { deprecated, description = before.description } = wanted;
  const details: Details = description === before.description ? {} : { description: cut(description) };
  if (deprecated && deprecated.reason !== before.deprecated?.reason) {
    return { action: 'version.deprecated', version, reason: deprecated.reason, details };
  }
  if (deprecated === null && before.deprecated) {
    return { action: 'version.offered', version, reason: '', details };
  }
  if (Object.keys(details).length === 0) return undefined;
  return { action: 'version.changed', version, reason: '', details };
}

export function versionDeleted(
  { number, stage }: Pick<ModelVersion, 'number' | 'stage'>,
  closed: Closed & { readonly aliases: readonly string[]; readonly reason: string },
): RegistryNote {
  const details = { stage, ...listed('aliases', closed.aliases), ...closedDetails(closed) };
  return { action: 'version.deleted', version: number, reason: closed.reason, details };
}

export interface Move {
  readonly version: number;
  readonly target: PromotionTarget;
  readonly reason: string;
  readonly checks: readonly CheckResult[];
  readonly isRollback?: boolean;
  /** Who had the alias (a number), or the stage in which the version was. */
  readonly from: number | string | undefined;
  /** The promotion that it fulfils. */
  readonly promotion: string | undefined;
  /** Promotions of other versions to the same alias. */
  readonly superseded: readonly string[];
  /** Versions that were moved to `archived`. */
  readonly archived: readonly number[];
}

export function moved(move: Move): RegistryNote {
  const { version, target, reason, from } = move;
  const details: Details = {
    ...(target.kind === 'alias' && { alias: target.name }),
    ...(from !== undefined && { from: String(from) }),
    to: target.kind === 'alias' ? String(version) : target.name,
    ...(move.archived.length > 0 && { archived: move.archived.toSorted((a, b) => a - b).join(', ') }),
    ...(move.isRollback && { rollback: 'true' }),
    ...(move.promotion !== undefined && { promotion: move.promotion }),
    ...listed('superseded', move.superseded),
    ...checkDetails(move.checks),
  };
  return {
    action: target.kind === 'alias' ? 'alias.moved' : 'stage.changed',
    version,
    reason,
    details,
  };
}

export function aliasRemoved(alias: string, version: number, reason: string): RegistryNote {
  return { action: 'alias.removed', version, reason, details: { alias } };
}

export function promotionRefused(wish: {
  readonly version: number;
  readonly target: PromotionTarget;
  readonly reason: string;
  readonly checks: readonly CheckResult[];
}): RegistryNote {
  const { version, target, reason, checks } = wish;
  const details = { [target.kind]: target.name, ...checkDetails(checks) };
  return { action: 'promotion.refused', version, reason, details };
}

export function promotionChanged(
  what: 'asked' | 'approved' | 'rejected' | 'withdrawn',
  promotion: {
    readonly id: string;
    readonly version: number;
    readonly target: PromotionTarget;
    readonly superseded?: readonly string[];
  },
  reason: string,
): RegistryNote {
  const { id, version, target, superseded = [] } = promotion;
  const details = { promotion: id, [target.kind]: target.name, ...listed('superseded', superseded) };
  return { action: `promotion.${what}`, version, reason, details };
}

/** Undefined without evaluations. */
export function versionEvaluated(
  version: number,
  evaluations: readonly Pick<Evaluation, 'metric' | 'value' | 'environment' | 'dataset'>[],
): RegistryNote | undefined {
  if (evaluations.length === 0) return undefined;
  const details = Object.fromEntries([
    ['count', String(evaluations.length)],
    ...evaluations.slice(0, SHOWN_EVALUATIONS).map(({ metric, value, environment, dataset }, i) => {
      const digest = dataset?.digest === undefined ? '' : `@${dataset.digest}`;
      const on = dataset ? ` on ${cut(dataset.name)}${digest}` : '';
      return [`evaluation ${i + 1}`, `${metric} ${value} in ${environment}${on}`] as const;
    }),
  ]);
  return { action: 'version.evaluated', version, reason: '', details };
}

export function deploymentStarted(
  deployment: {
    readonly id: string;
    readonly version: { readonly number: number };
    readonly environment: string;
    readonly url?: string;
  },
  { ended, reason }: { readonly ended: readonly string[]; readonly reason: string },
): RegistryNote {
  const { id, environment, url } = deployment;
  const details = {
    deployment: id,
    environment,
    ...(url !== undefined && { url: cut(url) }),
    ...listed('ended', ended),
  };
  return { action: 'deployment.started', version: deployment.version.number, reason, details };
}

export function deploymentEnded(
  deployment: {
    readonly id: string;
    readonly version: { readonly number: number };
    readonly environment: string;
  },
  reason: string,
): RegistryNote {
  const { id, environment } = deployment;
  return {
    action: 'deployment.ended',
    version: deployment.version.number,
    reason,
    details: { deployment: id, environment },
  };
}

function closedDetails({ withdrawn, ended }: Closed): Details {
  return { ...listed('withdrawn', withdrawn), ...listed('ended', ended) };
}

function listed(key: string, texts: readonly string[]): Details {
  return texts.length === 0 ? {} : { [key]: texts.toSorted().join(', ') };
}

function checkDetails(checks: readonly CheckResult[]): Details {
  const lines = checks.map(({ kind, isPassed, detail }, i) => {
    return [`check ${i + 1}`, `${isPassed ? 'passed' : 'refused'} ${kind}: ${detail}`] as const;
  });
  return Object.fromEntries(lines);
}

/** Never half of a surrogate pair: a database refuses that. */
function cut(text: string): string {
  if (text.length <= SHOWN) return text;
  const shown = text.slice(0, SHOWN);
  return `${shown.isWellFormed() ? shown : shown.slice(0, -1)}…`;
}
