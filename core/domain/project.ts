import type { Actor } from './actor.ts';
import { Fault } from './fault.ts';
import type { ProjectId, WorkspaceId } from './ids.ts';

export type Direction = 'min' | 'max';
export type Aggregate = 'last' | 'min' | 'max';

/** What a project optimises: it orders tables, marks best runs and answers "which metric was optimised?". */
export interface Objective {
  readonly metric: string;
  readonly direction: Direction;
  /** Which number of the series counts. */
  readonly aggregate: Aggregate;
  /** `inferred` from usual metric names is a suggestion: it never feeds a gate. */
  readonly origin: 'declared' | 'inferred';
}

/** One entry of a project's append-only history of objectives. */
export interface ObjectiveChange {
  readonly objective: Objective | null;
  readonly at: number;
  readonly actor: Actor;
}

/** A named body of comparable runs. MLflow's word is experiment. */
export interface Project {
  readonly id: ProjectId;
  readonly workspace: WorkspaceId;
  /** Unique in its workspace among projects that are not purged; may hold `/`, shown as folders. */
  readonly name: string;
  /** URI under which its runs' files are addressed, without a trailing slash. */
  readonly artifactLocation: string;
  /** Milliseconds UTC, as all times of this file. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt?: number;
  readonly createdBy: Actor;
  readonly tags: ReadonlyMap<string, string>;
  readonly objectives: readonly ObjectiveChange[];
}

/** The project tag by which any client declares the objective: `max val/auc`, `min loss last`. */
export const OBJECTIVE_TAG = 'cairn.objective';
const PROJECT_NAME_LIMIT = 500;

/** @throws Fault `invalid` when a project may not have this name. */
export function assertProjectName(name: string): void {
  if (name.trim() === '') throw new Fault('invalid', "Invalid project name ''.", { field: 'name' });
  if (name.length > PROJECT_NAME_LIMIT) {
    throw new Fault(
      'invalid',
      `Project name exceeds the maximum length of ${PROJECT_NAME_LIMIT} characters.`,
      {
        field: 'name',
      },
    );
  }
}

/**
 * Reads `max val/auc`, `min loss`, `max val/acc last`; the aggregate is the best value unless said.
 * @throws Fault `invalid` on any other shape.
 */
export function parseObjective(text: string): Objective {
  const match = /^\s*(min|max)\s+(\S(?:.*\S)?)\s*$/i.exec(text);
  if (!match?.[1] || !match[2]) {
    throw new Fault(
      'invalid',
      `An objective reads 'max METRIC' or 'min METRIC', not '${text.slice(0, 80)}'.`,
      {
        field: OBJECTIVE_TAG,
      },
    );
  }
  const direction = match[1].toLowerCase() as Direction;
  const tail = /^(.*\S)\s+(last|min|max)$/i.exec(match[2]);
  const metric = tail?.[1] ?? match[2];
  const aggregate = (tail?.[2]?.toLowerCase() as Aggregate | undefined) ?? direction;
  return { metric, direction, aggregate, origin: 'declared' };
}

/** Names that usually mean "this is what we optimise", most telling first. Written down so that a guess can be explained. */
const USUAL_OBJECTIVES: ReadonlyArray<readonly [RegExp, Direction]> = [
  [
    /^(val|valid|validation|test|eval)[/_.-]?(auc|roc_auc|f1|f1_score|acc|accuracy|map|r2|score|r2_score)$/i,
    'max',
  ],
  [/^best_cv_score$/i, 'max'],
  [
    /^(val|valid|validation|test|eval)[/_.-]?(loss|error|rmse|mse|mae|cer|wer|perplexity|logloss|log_loss)$/i,
    'min',
  ],
  [/^(training_)?(auc|roc_auc|f1|f1_score|acc|accuracy|accuracy_score|r2|r2_score|score)$/i, 'max'],
  [/^(train|training)?[/_.-]?(loss|error|rmse|mse|mae|cer|wer|perplexity|logloss|log_loss)$/i, 'min'],
];

/** The objective that the metric names suggest, or undefined. Labelled `inferred`. */
export function inferObjective(metrics: Iterable<string>): Objective | undefined {
  const names = [...metrics].toSorted();
  for (const [shape, direction] of USUAL_OBJECTIVES) {
    const metric = names.find((name) => shape.test(name));
    if (metric !== undefined) return { metric, direction, aggregate: direction, origin: 'inferred' };
  }
  return undefined;
}

/** The declared objective in force, or undefined. */
export function declaredObjective(project: Pick<Project, 'objectives'>): Objective | undefined {
  return project.objectives.at(-1)?.objective ?? undefined;
}

/** The objective that orders a project's runs: the declared one, else what the names of its metrics suggest. */
export function objectiveOf(
  project: Pick<Project, 'objectives'>,
  metrics: Iterable<string>,
): Objective | undefined {
  return declaredObjective(project) ?? inferObjective(new Set(metrics));
}
