import type { Actor } from './actor.ts';
import type { DeploymentId, RunId } from './ids.ts';
import type { VersionRef } from './registry.ts';

/** The run tag by which any client says that a run evaluates a model version: `models:/churn/14`, `models:/churn@production`. */
export const EVALUATES_TAG = 'cairn.evaluates';
/** The run tag that says where: `production`, `development` … (the default). */
export const ENVIRONMENT_TAG = 'cairn.environment';

export const DEVELOPMENT = 'development';

/** How a version did: one number, measured by somebody, somewhere, at some time. Append-only. */
export interface Evaluation {
  /** 1, 2, 3 … in the store, in the order in which they became durable. */
  readonly number: number;
  readonly version: VersionRef;
  readonly metric: string;
  /** A finite double. */
  readonly value: number;
  /** What it was measured on: name and digest of a dataset version, or a name alone. */
  readonly dataset?: { readonly name: string; readonly digest?: string };
  /** `development`, `production`, or a free word of `[a-z0-9][\w.-]{0,63}`. */
  readonly environment: string;
  /** When it was measured, milliseconds UTC. */
  readonly at: number;
  /** How many samples it is the mean of, when the evaluator says. */
  readonly samples?: number;
  readonly by: Actor;
  /** The run that measured it, when one did. */
  readonly run?: RunId;
}

/** Where a version runs. */
export interface Deployment {
  readonly id: DeploymentId;
  readonly version: VersionRef;
  /** A free word of `[a-z0-9][\w.-]{0,63}`: `eu-prod`, `edge`. */
  readonly environment: string;
  /** Milliseconds UTC. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly by: Actor;
  /** Where it answers, when somebody said. */
  readonly url?: string;
}

/** Whether a word for an environment says production: `production`, `prod`, `eu-prod`; not `preprod`. */
export function isProductionEnvironment(environment: string): boolean {
  return /(^|[._-])prod(uction)?($|[._-])/.test(environment);
}

/** Which version a run says it evaluates, by the name of its model. */
export type EvaluatedVersion = { readonly name: string } & (
  | { readonly number: number }
  | { readonly alias: string }
);

/**
 * Reads the value of `cairn.evaluates`; undefined when it is none of `models:/NAME/NUMBER`, `models:/NAME@ALIAS` and
 * `models:/NAME/latest`.
 */
export function evaluatedVersion(text: string): EvaluatedVersion | undefined {
  const parts = /^models:\/+([^/].*?)(?:\/(?:(\d{1,9})|(latest))|@([\w-]+))$/is.exec(text) ?? [];
  const [, name, number, latest, alias = latest && 'latest'] = parts;
  if (name === undefined) return undefined;
  if (number !== undefined) return { name, number: Number(number) };
  return alias === undefined ? undefined : { name, alias };
}
