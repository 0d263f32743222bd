import type { LoggedPoints } from '#core/domain/point.ts';
import type { Commit, Receipt } from '#core/tracking/ports/change.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import type { Connection } from './connection.ts';

/** What the catalogue decided about one commit of a group. */
export interface Decided {
  readonly receipt: Receipt;
  /** Absent for a repeated commit, which changes nothing. */
  readonly event?: CommitEvent;
  /** Points to stage, in their order. */
  readonly points: readonly LoggedPoints[];
}

/**
 * The catalogue within a group commit: `decide` for each commit in turn, `flush` once, then COMMIT and `publish`, or
 * ROLLBACK and `discard`. It was made with the writing connection and is called within its transaction.
 */
export interface CatalogParticipant {
  /**
   * Applies a commit over what was decided before it in this group. A rejection leaves nothing of the commit and all
   * of its predecessors; it is a Fault when a change refuses, anything else spoils the group.
   */
  decide(commit: Commit, sequence: number): Promise<Decided>;
  /** Writes what was decided; `sequence` is the group's last. */
  flush(sequence: number): Promise<void>;
  publish(): void;
  discard(): void;
}

/** The metric store within a group commit; `Staged` is its own affair. */
export interface PointsParticipant<Staged> {
  /** Writes the points of a group; nothing is visible until `publish`. `sequence` is greater than at any call before. */
  stage(write: Connection, sequence: number, at: number, groups: readonly LoggedPoints[]): Promise<Staged>;
  publish(staged: Staged): void;
  discard(staged: Staged): void;
  /** Whether `seal` should run before the next group. */
  readonly needsSealing: boolean;
  /** Work in a transaction of its own; then COMMIT and `published`, or ROLLBACK and `abandon`. */
  seal(write: Connection): Promise<void>;
  published(): void;
  abandon(): void;
}

/** The writing connection of a group commit, with its transaction in hand. */
export interface WriteConnection extends Connection {
  /** Runs statements that return nothing: BEGIN, COMMIT, SAVEPOINT … */
  execute(sql: string): Promise<void>;
  /** The statement that begins a transaction which may write: it waits for no other writer later on. */
  readonly begin: string;
  /** What a failure of the database means for the store. */
  readonly failureOf: (error: unknown) => Failure;
}

/**
 * `full`: no space, nothing changed, may be retried. `busy`: another process holds the database, likewise.
 * `fatal`: a write or fsync failed, so what is on the disk is unknown. `other`: a bug.
 */
export type Failure = 'full' | 'busy' | 'fatal' | 'other';
