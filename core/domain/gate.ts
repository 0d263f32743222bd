import type { Actor } from './actor.ts';
import { Fault } from './fault.ts';
import type { PromotionId } from './ids.ts';
import type { Direction } from './project.ts';
import type { PromotionTarget, VersionRef } from './registry.ts';

/** What must be true of a version before an alias or a stage may be its own. */
export interface Gate {
  readonly target: PromotionTarget;
  readonly checks: readonly Check[];
  /** Absent: nobody needs to approve. */
  readonly approval?: ApprovalRule;
}

export interface ApprovalRule {
  /** The least role that an approver holds where the model is. */
  readonly role: 'editor' | 'admin';
  /** How many different people, 1…10. */
  readonly count: number;
}

export type Check =
  /**
   * At least as good as the current holder on the same dataset version, in development. Without `metric` it is the
   * declared objective: one that was only inferred refuses. `tolerance` ≥ 0 is how much worse it may be; `bound` is
   * what it must reach whoever holds the target. Passes without a holder (unless `bound` is missed), or when it is the holder itself.
   */
  | {
      readonly kind: 'metric';
      readonly metric?: string;
      readonly direction?: Direction;
      /** Name of the dataset; absent: any on which both were measured. */
      readonly dataset?: string;
      readonly tolerance?: number;
      readonly bound?: number;
    }
  /** Whoever calls the current holder can call this one: no input is new and required, none changed its type; the outputs are the same. */
  | { readonly kind: 'signature' }
  /** The version carries these tags; without a value any will do. */
  | { readonly kind: 'tags'; readonly tags: readonly { readonly key: string; readonly value?: string }[] }
  /** An evaluation is there: of the metric and environment that are named, any of either when not. */
  | { readonly kind: 'evaluation'; readonly metric?: string; readonly environment?: string }
  /** A file is there in the sealed version; `*` stands for anything within a folder, `**` for folders as well. */
  | { readonly kind: 'file'; readonly path: string }
  /** Every dataset version that trained it was first seen at most so many days ago. */
  | { readonly kind: 'data-age'; readonly days: number };

/** What a check came to. */
export interface CheckResult {
  readonly kind: Check['kind'] | 'approval' | 'holder';
  readonly isPassed: boolean;
  /** A sentence with the figures: `val/auc 0.912 on holdout@v3, v14 has 0.915`. */
  readonly detail: string;
}

/** Somebody's word on a version for a target. The latest of each account counts. */
export interface Approval {
  readonly by: Actor;
  readonly at: number;
  readonly decision: 'approved' | 'rejected';
  /** What he held where the model is, when he said it: a gate that asks for more later is not met by it. */
  readonly role: ApprovalRule['role'];
  readonly reason: string;
}

/** A wish to move an alias or a stage to a version, kept while approvals are missing, and afterwards as history. */
export interface Promotion {
  readonly id: PromotionId;
  readonly version: VersionRef;
  readonly target: PromotionTarget;
  readonly askedBy: Actor;
  /** Milliseconds UTC. */
  readonly askedAt: number;
  readonly reason: string;
  /** `superseded`: another version got the target, or a new wish for the same version and target came. */
  readonly status: 'open' | 'done' | 'rejected' | 'withdrawn' | 'superseded';
  readonly closedAt?: number;
  readonly approvals: readonly Approval[];
  /** Once it is carried out, the others of the stage move to `archived`. */
  readonly archiveOthers: boolean;
}

/** The gate of a target, if it has one. */
export function gateOf(gates: readonly Gate[], target: PromotionTarget): Gate | undefined {
  return gates.find((gate) => isSameTarget(gate.target, target));
}

export function isSameTarget(a: PromotionTarget, b: PromotionTarget): boolean {
  return a.kind === b.kind && a.name === b.name;
}

/** Nobody approves what he asked for, but the one owner of local mode: there is nobody else. */
export function mayApproveWishOf(
  askedBy: Pick<Actor, 'kind' | 'id'> | undefined,
  by: Pick<Actor, 'kind' | 'id'>,
): boolean {
  return by.kind === 'local' || by.kind !== askedBy?.kind || by.id !== askedBy.id;
}

/** Approvals that count: the latest of each account, `approved`. */
export function standingApprovals(approvals: readonly Approval[]): readonly Approval[] {
  const latest = new Map<string, Approval>();
  for (const approval of approvals) latest.set(`${approval.by.kind}:${approval.by.id}`, approval);
  return [...latest.values()].filter(({ decision }) => decision === 'approved');
}

const MOST_CHECKS = 50;

/** @throws Fault `invalid` when a gate cannot mean anything. */
export function assertGate(gate: Gate): void {
  const refuse = (why: string): never => {
    throw new Fault('invalid', `Gate of ${gate.target.kind} ${gate.target.name}: ${why}.`, {
      field: 'gates',
    });
  };
  if (gate.checks.length > MOST_CHECKS) refuse(`more than ${MOST_CHECKS} checks`);
  const { approval } = gate;
  if (approval && !(Number.isInteger(approval.count) && approval.count >= 1 && approval.count <= 10)) {
    refuse('the number of approvals is a whole number from 1 to 10');
  }
  for (const check of gate.checks) {
    if (check.kind === 'metric' && check.tolerance !== undefined && !(check.tolerance >= 0)) {
      refuse('a tolerance is a number ≥ 0');
    }
    if (check.kind === 'metric' && check.bound !== undefined && !Number.isFinite(check.bound)) {
      refuse('a bound is a number');
    }
    if (check.kind === 'data-age' && !(check.days > 0)) refuse('an age is a number of days above 0');
    if (check.kind === 'tags' && check.tags.length === 0) refuse('a check of tags names at least one');
    if (check.kind === 'file' && check.path === '') refuse('a check of a file names its path');
  }
}
