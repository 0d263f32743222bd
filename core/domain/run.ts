import type { Actor } from './actor.ts';
import type { InputDataset } from './dataset.ts';
import { Fault } from './fault.ts';
import type { ModelId, ProjectId, RunId } from './ids.ts';
import type { MetricSummary } from './point.ts';
import type { Objective } from './project.ts';
import type { Source } from './source.ts';

export type RunStatus = 'scheduled' | 'running' | 'finished' | 'failed' | 'killed';

/** An input value with its original text. Comparisons use the number when both sides parse as one. */
export interface ParamValue {
  readonly text: string;
  readonly type: 'string' | 'number' | 'boolean' | 'null';
}

/** A model that a run used or made, at a step. */
export interface ModelEdge {
  readonly model: ModelId;
  readonly step: number;
}

/** One execution that logs: the document that filters, tables and pages read. */
export interface Run {
  readonly id: RunId;
  readonly project: ProjectId;
  /** Per project, from 1, never reused: what people and URLs say. */
  readonly number: number;
  readonly name: string;
  readonly status: RunStatus;
  /** The user's name as the client sent it; may be empty. */
  readonly userId: string;
  /** Milliseconds UTC, as all times of this file. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly deletedAt?: number;
  /** When a client last wrote anything; wires without heartbeats show "quiet since …" from it. */
  readonly changedAt: number;
  readonly createdBy: Actor;
  /** Which wire it was created over: `mlflow`, `native` … */
  readonly wire: string;
  readonly artifactUri: string;
  readonly parent?: RunId;
  readonly source: Source;
  readonly params: ReadonlyMap<string, ParamValue>;
  readonly tags: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, MetricSummary>;
  readonly datasets: readonly InputDataset[];
  readonly modelInputs: readonly ModelEdge[];
  readonly modelOutputs: readonly ModelEdge[];
  /** The objective in force when it ended. */
  readonly objective?: Objective;
  /** Grows with each commit that touched the run; equal numbers mean equal documents. */
  readonly sequence: number;
}

const ENDED: ReadonlySet<RunStatus> = new Set(['finished', 'failed', 'killed']);

/** A run that ended may run again: only the end time tells. */
export function isEnded(status: RunStatus): boolean {
  return ENDED.has(status);
}

/** @throws Fault `invalid` (`wrong-state`) when a deleted run is written to. */
export function assertRunActive(run: Pick<Run, 'id' | 'deletedAt'>): void {
  if (run.deletedAt !== undefined) {
    throw new Fault('invalid', `The run ${run.id} must be in the 'active' state. Current state is deleted.`, {
      subject: 'run',
      reason: 'wrong-state',
    });
  }
}

/** The typed scalar a text stands for on a wire that only knows strings: always the text itself. */
export function textParam(text: string): ParamValue {
  return { text, type: 'string' };
}
