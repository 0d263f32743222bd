import type { Actor } from './actor.ts';
import { Fault } from './fault.ts';
import type { Gate } from './gate.ts';
import type { ManifestDigest, ModelId, ProjectId, RegisteredModelId, RunId, WorkspaceId } from './ids.ts';
import type { Objective } from './project.ts';

/** Places in a version's life that every model knows; others are free words in lower case. */
export const DEFAULT_STAGES = ['none', 'staging', 'production', 'archived'] as const;

/** A name under which model versions are offered. Times of this file are milliseconds UTC. */
export interface RegisteredModel {
  readonly id: RegisteredModelId;
  readonly workspace: WorkspaceId;
  /** Unique in its workspace among models that are not deleted. */
  readonly name: string;
  /** The project of its first version that came from a run or a logged model: whoever may write there may write here. */
  readonly project?: ProjectId;
  readonly description: string;
  /** Who answers for it, in free words; empty when nobody said. */
  readonly owner: string;
  readonly createdAt: number;
  /** When a member of this record but `revision` last changed, or a version moved within a stage. */
  readonly updatedAt: number;
  readonly createdBy: Actor;
  readonly tags: ReadonlyMap<string, string>;
  /** Alias → number of its version. `latest` is computed and never here. */
  readonly aliases: ReadonlyMap<string, number>;
  /** Stage → number of its newest version that is not deleted; `none` included. */
  readonly stages: ReadonlyMap<string, number>;
  /** What a stage or alias asks of a version before it may have it. */
  readonly gates: readonly Gate[];
  /** Versions that are not deleted. */
  readonly versions: number;
  /** The greatest number ever given, 0 before the first version. */
  readonly lastVersion: number;
  /**
   * 0 at first; one more with each change of what a gate may look at: aliases, stages, gates, versions (registered, deleted, deprecated,
   * offered again), their tags, promotions (asked for, decided, withdrawn), evaluations.
   */
  readonly revision: number;
}

/** Which version: numbers are given once per registered model and never again. */
export interface VersionRef {
  readonly model: RegisteredModelId;
  /** From 1. */
  readonly number: number;
}

/** A numbered, immutable link: registered model → artifact version and the run that made it. */
export interface ModelVersion extends VersionRef {
  readonly description: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdBy: Actor;
  /** The user's name as the client sent it; may be empty. */
  readonly userId: string;
  readonly run?: RunId;
  readonly loggedModel?: ModelId;
  /** URI, as the client gave it. */
  readonly source: string;
  /** URI under which its files are read: that of the run's or the logged model's tree, or `source` itself. */
  readonly storageLocation: string;
  readonly runLink?: string;
  /** The artifact version that was sealed at registration; absent when the bytes are elsewhere, or there were none. */
  readonly manifest?: ManifestDigest;
  readonly stage: string;
  readonly tags: ReadonlyMap<string, string>;
  /** What its run's project optimised when it was registered. */
  readonly objective?: Objective;
  /** Still readable, no longer offered. */
  readonly deprecated?: { readonly at: number; readonly reason: string };
}

/** The tag, `true` in any case, by which MLflow's clients keep prompts among registered models; a search for models leaves them out. */
export const PROMPT_TAG = 'mlflow.prompt.is_prompt';

export function isPrompt({ tags }: { readonly tags: ReadonlyMap<string, string> }): boolean {
  return tags.get(PROMPT_TAG)?.toLowerCase() === 'true';
}

/** Where a promotion leads. */
export interface PromotionTarget {
  readonly kind: 'alias' | 'stage';
  readonly name: string;
}

const NAME_LIMIT = 256;
const ALIAS_LIMIT = 255;
const STAGE_LIMIT = 64;

/** @throws Fault `invalid`. MLflow's server takes any name that is not empty; so do we, up to 256 UTF-16 code units. */
export function assertRegisteredName(name: string): void {
  if (name.trim() === '') {
    throw new Fault('invalid', 'Registered model name cannot be empty.', { field: 'name' });
  }
  if (name === '.' || name === '..') {
    throw new Fault('invalid', `A registered model cannot be called '${name}': no address leads there.`, {
      field: 'name',
    });
  }
  if (name.length > NAME_LIMIT) {
    throw new Fault(
      'invalid',
      `Registered model name exceeds the maximum length of ${NAME_LIMIT} characters.`,
      {
        field: 'name',
      },
    );
  }
}

/** @throws Fault `invalid`: word characters and dashes, not `latest`, not like `v7` (both are said already). */
export function assertAlias(alias: string): void {
  if (alias === '' || alias.length > ALIAS_LIMIT || !/^[\w-]+$/.test(alias)) {
    throw new Fault(
      'invalid',
      `Invalid alias name: '${alias.slice(0, 80)}'. It holds letters, digits, underscores and dashes, at most ${ALIAS_LIMIT}.`,
      { field: 'alias' },
    );
  }
  if (/^latest$/i.test(alias)) {
    throw new Fault('invalid', "'latest' alias name (case insensitive) is reserved.", { field: 'alias' });
  }
  if (/^v\d+$/i.test(alias)) {
    throw new Fault('invalid', `Version alias name '${alias}' is reserved.`, { field: 'alias' });
  }
}

/** A stage in the spelling that is kept. @throws Fault `invalid`. */
export function stageName(text: string): string {
  const stage = text.trim().toLowerCase();
  if (stage === '' || stage.length > STAGE_LIMIT || !/^[a-z0-9][\w .-]*$/.test(stage)) {
    throw new Fault('invalid', `Invalid stage '${text.slice(0, 80)}'.`, { field: 'stage' });
  }
  if (/^(latest|v?\d+)$/.test(stage)) {
    throw new Fault('invalid', `'${stage}' is no stage: it reads as a version.`, { field: 'stage' });
  }
  return stage;
}

/** Stages in which nothing is offered: no lane shows who was there, and nobody goes back to them. */
export const STAGES_NOT_OFFERED: ReadonlySet<string> = new Set(['none', 'archived']);

/** Names of aliases and stages that say "this one is in production", most telling first. */
const PRODUCTION_ALIASES = ['production', 'prod', 'champion'] as const;

/** A name that says of a version that it is in production. */
export interface ProductionName {
  readonly target: PromotionTarget;
  readonly version: number;
}

/**
 * What says which version of a model is in production: the alias `production`, `prod` or `champion` (any case), else the stage
 * `production` with its newest version; undefined when nothing does. A name behind a gate goes before those that anybody may move.
 */
export function productionName({
  aliases,
  gates,
  stages,
}: Pick<RegisteredModel, 'aliases' | 'gates' | 'stages'>): ProductionName | undefined {
  const named = PRODUCTION_ALIASES.flatMap((wanted) =>
    [...aliases]
      .filter(([name]) => name.toLowerCase() === wanted)
      .map(([name, version]): ProductionName => ({ target: { kind: 'alias', name }, version })),
  );
  const version = stages.get('production');
  if (version !== undefined) named.push({ target: { kind: 'stage', name: 'production' }, version });
  const isGated = ({ target: { kind, name } }: ProductionName): boolean =>
    gates.some(({ target }) => target.kind === kind && target.name === name);
  return named.find(isGated) ?? named[0];
}

/** The greatest number that is not deleted; undefined while there is none. */
export function latestVersion({ stages }: Pick<RegisteredModel, 'stages'>): number | undefined {
  return stages.size === 0 ? undefined : Math.max(...stages.values());
}

/** The number that an alias names; `latest`, in any case, is the greatest. */
export function aliasedVersion(
  model: Pick<RegisteredModel, 'aliases' | 'stages'>,
  alias: string,
): number | undefined {
  return alias.toLowerCase() === 'latest' ? latestVersion(model) : model.aliases.get(alias);
}
