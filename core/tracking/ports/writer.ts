import type { Commit, Receipt } from './change.ts';

/** The one way to change anything. */
export interface Writer {
  /**
   * Applies all changes in their order, or none. Durable against power loss when it resolves; commits that arrive
   * while another is being written share its fsync. Later changes of a commit see earlier ones.
   *
   * Rejects with the Fault that the first refusing change documents; with `unavailable` when the disk is full or the
   * queue is longer than its limit (nothing was changed, may be retried). After a failed fsync it never resolves
   * again: the outcome is unknown and the process must end.
   */
  commit(commit: Commit): Promise<Receipt>;
}

/** What a commit touched, for caches and live pages. */
export interface CommitEvent {
  readonly sequence: number;
  readonly projects: readonly string[];
  readonly runs: readonly TouchedRun[];
  readonly models: readonly string[];
  /** Registered models that changed with their versions, log, promotions, evaluations or deployments; present when there are any. */
  readonly registered?: readonly string[];
  /**
   * Present when projects changed together with all their runs, however many: those are not among `runs`, the projects
   * are among `projects`.
   */
  readonly wholeProjects?: readonly string[];
  /**
   * Present when it changed whether somebody may log in or what he may, with the ids of those accounts, or `all` when it
   * does not say whose: what is remembered of them is old.
   */
  readonly identity?: 'all' | readonly string[];
}

export interface TouchedRun {
  readonly run: string;
  readonly project: string;
  /** True when anything but points changed. */
  readonly isDocument: boolean;
  /** Metrics that received points. */
  readonly metrics: readonly string[];
}

/** Commits as they become durable, in that order. */
export interface CommitFeed {
  /**
   * Calls back after each commit; the returned function ends it. A listener must not throw or block. `onGap` is called
   * when commits of other servers were missed: `since` no longer reaches back, so reload everything.
   */
  subscribe(listener: (event: CommitEvent) => void, onGap?: () => void): () => void;
  /** Events after `sequence`, or undefined when that is too long ago (or from another store): then reload everything. */
  since(sequence: number): readonly CommitEvent[] | undefined;
  /** The sequence of the last durable commit, 0 in an empty store. */
  latest(): number;
}
