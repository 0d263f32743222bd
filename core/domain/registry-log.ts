import type { Actor } from './actor.ts';
import type { RegisteredModelId } from './ids.ts';

/**
 * What was done, and the keys of an entry's `details` (those in brackets only when there is something to say). Texts of clients are
 * cut after 200 UTF-16 code units. Lists are separated by `, `: numbers ascending, everything else by code unit.
 *
 * | Action | Details |
 * |---|---|
 * | model.created | name |
 * | model.renamed | from, to, [description], [owner] |
 * | model.changed | [description], [owner] |
 * | model.deleted | name, versions (how many), [withdrawn] (ids of promotions), [ended] (ids of deployments) |
 * | model.tagged, version.tagged | `tag KEY` per tag that changed: its new value |
 * | model.untagged, version.untagged | `tag KEY`: the value it had |
 * | gates.declared | `alias NAME`, `stage NAME` per gate: JSON of its checks and approval |
 * | version.registered | source, [run], [logged model], [manifest] |
 * | version.changed | description |
 * | version.deprecated, version.offered | [description] |
 * | version.deleted | stage, [aliases], [withdrawn], [ended] |
 * | alias.moved | alias, [from] (number), to (number), [rollback] (`true`), [promotion] (id it fulfils), [superseded] (ids), [`check 1` …] |
 * | alias.removed | alias; the entry's version is the one that had it |
 * | stage.changed | from, to, [archived] (numbers of the others that were moved to `archived`), [rollback], [promotion], [`check 1` …] |
 * | promotion.asked | promotion, alias or stage, [superseded] |
 * | promotion.refused | alias or stage, [`check 1` …] |
 * | promotion.approved, .rejected, .withdrawn | promotion, alias or stage |
 * | version.evaluated | count, `evaluation 1` … `evaluation 20`: `auc 0.9 in production on holdout@d1f2` |
 * | deployment.started | deployment, environment, [url], [ended] |
 * | deployment.ended | deployment, environment |
 *
 * A check reads `passed metric: auc 0.91 on holdout` or `refused approval: 1 of 2`.
 */
export type RegistryAction =
  | 'model.created'
  | 'model.renamed'
  | 'model.changed'
  | 'model.deleted'
  | 'model.tagged'
  | 'model.untagged'
  | 'gates.declared'
  | 'version.registered'
  | 'version.changed'
  | 'version.deprecated'
  | 'version.offered'
  | 'version.deleted'
  | 'version.tagged'
  | 'version.untagged'
  | 'alias.moved'
  | 'alias.removed'
  | 'stage.changed'
  | 'promotion.asked'
  | 'promotion.refused'
  | 'promotion.approved'
  | 'promotion.rejected'
  | 'promotion.withdrawn'
  | 'version.evaluated'
  | 'deployment.started'
  | 'deployment.ended';

/** What somebody did to a registered model or one of its versions, as the store writes it down. */
export interface RegistryNote {
  readonly action: RegistryAction;
  /** Present when it is about one version. */
  readonly version?: number;
  /** Why, in the actor's words; empty when he gave none. */
  readonly reason: string;
  /** Facts that a reader needs: `alias`, `from`, `to`, `check 1` … */
  readonly details: Readonly<Record<string, string>>;
}

/** A row of a registered model's log: append-only, each model a chain of its own. `hash` covers every other member and the row before it. */
export interface RegistryEntry extends RegistryNote {
  readonly model: RegisteredModelId;
  /** 1, 2, 3 … per model, without a gap. */
  readonly number: number;
  readonly actor: Actor;
  /** Milliseconds UTC. */
  readonly at: number;
  /** SHA-256, 64 hexadecimal digits; of the first row 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

/** The text that a row's hash is taken of: every other member as RFC 8785 JSON, members in code unit order. */
export function canonicalRegistryEntry(entry: Omit<RegistryEntry, 'hash'>): string {
  const { action, actor, at, model, number, previous, reason, version } = entry;
  // Pair by pair: an object would put integer-like keys first and lose `__proto__`.
  const details = Object.entries(entry.details)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const members = [
    `"action":${JSON.stringify(action)}`,
    `"actor":${JSON.stringify({ id: actor.id, kind: actor.kind })}`,
    `"at":${at}`,
    `"details":{${details.join(',')}}`,
    `"model":${JSON.stringify(model)}`,
    `"number":${number}`,
    `"previous":${JSON.stringify(previous)}`,
    `"reason":${JSON.stringify(reason)}`,
    ...(version === undefined ? [] : [`"version":${version}`]),
  ];
  return `{${members.join(',')}}`;
}
