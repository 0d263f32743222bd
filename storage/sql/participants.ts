import type { ModelId, RunId } from '#core/domain/ids.ts';
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
  /** Whose series go for good, before any of the points. Such a commit is alone in its group. */
  readonly purged?: readonly PurgedOwner[];
}

/** A run's own series, or all series of a model, whoever measured them. */
export type PurgedOwner =
  | { readonly kind: 'run'; readonly run: RunId }
  | { readonly kind: 'model'; readonly model: ModelId };

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
  /** Drops from memory what other processes changed, before their events are published. */
  forget(changed: readonly CommitEvent[] | 'everything'): void;
}

/** The metric store within a group commit; `Staged` is its own affair. */
export interface PointsParticipant<Staged> {
  /** Writes the points of a group; nothing is visible until `publish`. `sequence` is greater than at any call before. */
  stage(write: Connection, sequence: number, at: number, groups: readonly LoggedPoints[]): Promise<Staged>;
  publish(staged: Staged): void;
  discard(staged: Staged): void;
  /** Hides the series of these owners, before `stage`; then COMMIT and `purgePublished`, or ROLLBACK and `purgeDiscarded`. Resolves with what other processes are told. */
  purge(write: Connection, sequence: number, owners: readonly PurgedOwner[]): Promise<News['purged']>;
  purgePublished(): void;
  purgeDiscarded(): void;
  /** Whether `seal` should run before the next group. */
  readonly needsSealing: boolean;
  /** Whether one `seal` is not enough before the next group, because groups bring more than it takes. */
  readonly isOverfull: boolean;
  /** Does what of `seal` needs no transaction, after `settle`. */
  prepareSeal(): Promise<void>;
  /** Work in a transaction of its own; then COMMIT and `published`, or ROLLBACK and `abandon`. Resolves with what other processes are told. */
  seal(write: Connection): Promise<News['sealed']>;
  published(): void;
  abandon(): void;
  /** Whether purged series still take space. */
  readonly needsTidying: boolean;
  /** Gives a bounded part of that space back, in a transaction of its own. `tidied` after its COMMIT; what a ROLLBACK undoes is done again. Resolves with what other processes are told. */
  tidy(write: Connection): Promise<News['sealed']>;
  tidied(): void;
  /** What other processes are told of staged points. */
  newsOf(staged: Staged): News['journal'];
  /** Takes note of what other processes changed, without reading it. */
  follow(news: News): void;
  /** Reads what was only noted. `connection` sees the database exactly as far as it was followed. */
  settle(connection: Connection): Promise<void>;
  /** Reads everything anew, likewise. */
  reopen(connection: Connection): Promise<() => void>;
}

/** What a transaction changed, for the caches of other processes. Numbers of series and their owners are the store's. */
export interface News {
  readonly events: readonly CommitEvent[];
  /** Owners whose series went for good. */
  readonly purged: readonly number[];
  readonly sealed: readonly Sealing[];
  readonly journal: readonly JournalNews[];
}

/** Points that were logged: what another process needs of them to decide its own commits, and to know what it lacks. */
export interface JournalNews {
  /** Of their journal record. */
  readonly sequence: number;
  readonly bytes: number;
  readonly points: number;
  /** Whose they are, by the keys of their owners. */
  readonly owners: readonly string[];
  readonly made: readonly MadeSeries[];
}

/** Series that did not exist before, of one owner. */
export interface MadeSeries {
  readonly owner: number;
  readonly key: string;
  readonly series: readonly (readonly [id: number, metric: string])[];
}

export interface Sealing {
  /** Their points through the journal record `mark` are in segments: of each so many that were not before. */
  readonly series: readonly number[];
  readonly counts: readonly number[];
  readonly mark: number;
  /** The last journal record that is gone, 0 for none. */
  readonly through: number;
}

/** Reads that all see one moment of the database, and hold up nobody. */
export interface Snapshots {
  snapshot<Result>(read: (moment: Connection) => Promise<Result>): Promise<Result>;
}

/** The writing connection of a group commit, with its transaction in hand. */
export interface WriteConnection extends Connection {
  /** Runs statements that return nothing: BEGIN, COMMIT, SAVEPOINT … */
  execute(sql: string): Promise<void>;
  /** The statement that begins a transaction which may write: it waits for no other writer later on. */
  readonly begin: string;
  /** Hands a bounded number of free pages back to the file system, within a transaction; where a database needs to be told. True when there are more. */
  shrink?(): Promise<boolean>;
  /** What a failure of the database means for the store. */
  readonly failureOf: (error: unknown) => Failure;
}

/**
 * `full`: no space, nothing changed, may be retried. `busy`: another process holds the database, likewise.
 * `fatal`: a write or fsync failed, so what is on the disk is unknown. `other`: a bug.
 */
export type Failure = 'full' | 'busy' | 'fatal' | 'other';
