import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { LoggedPoints } from '#core/domain/point.ts';
import type { Change, Commit, Receipt } from '#core/tracking/ports/change.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import { Touched } from '#storage/sql/commit-event.ts';
import { type Connection, postponing } from '#storage/sql/connection.ts';
import { kyselyOver } from '#storage/sql/kysely-over.ts';
import type { CatalogParticipant, Decided, PurgedOwner } from '#storage/sql/participants.ts';
import { applyChange } from './apply-change.ts';
import { metricsWithPoints } from './apply-points.ts';
import type { Applying } from './applying.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { keepReceipt, seenReceipt } from './idempotency.ts';
import type { MetricSource } from './metric-source.ts';
import { saysEvaluates } from './registry/apply/derived-edges.ts';
import type { OldRuns } from './run-assembly.ts';
import type { CatalogDb, CatalogTables } from './tables.ts';

export const SEQUENCE = 'sequence';

/** The catalogue within group commits: rows are staged in memory and written once a group; trees go to SQL at once. */
export class CatalogWriter implements CatalogParticipant {
  readonly #connection: Connection;
  readonly #db: CatalogDb;
  /** For what is written without being read: it is not waited for. */
  readonly #later: CatalogDb;
  readonly #rows: CatalogRows;
  readonly #metrics: Pick<MetricSource, 'summaries'>;
  readonly #onPublish: (old: OldRuns) => void;
  readonly #onRegistered: (changed: readonly string[] | 'all') => void;
  /** Metrics and runs of the commits that stand in this group. */
  #logged = new Map<RunId, Set<string>>();
  #touched: CommitEvent[] = [];

  constructor(parts: {
    /** The connection whose transactions the group commit begins and ends. */
    readonly connection: Connection;
    readonly rows: CatalogRows;
    /** Asked within the transaction. */
    readonly metrics: Pick<MetricSource, 'summaries'>;
    /** Hears which runs a published group touched, also one of another process. */
    readonly onPublish: (old: OldRuns) => void;
    /** Likewise of registered models. */
    readonly onRegistered: (changed: readonly string[] | 'all') => void;
  }) {
    this.#connection = parts.connection;
    this.#db = kyselyOver<CatalogTables>(parts.connection);
    this.#later = kyselyOver<CatalogTables>(postponing(parts.connection));
    this.#rows = parts.rows;
    this.#metrics = parts.metrics;
    this.#onPublish = parts.onPublish;
    this.#onRegistered = parts.onRegistered;
  }

  async decide(commit: Commit, sequence: number): Promise<Decided> {
    const { once, actor } = commit;
    const seen = once === undefined ? undefined : await seenReceipt(this.#db, actor, once);
    if (seen) return { receipt: seen, points: [] };
    const needsSavepoint = commit.changes.slice(0, -1).some(isWrittenAtOnce);
    if (needsSavepoint) await this.#connection.query('SAVEPOINT one');
    try {
      const decided = await this.#apply(commit, sequence);
      if (once !== undefined) await keepReceipt(this.#db, commit, { once, receipt: decided.receipt });
      if (needsSavepoint) await this.#connection.query('RELEASE SAVEPOINT one');
      this.#rows.settle();
      this.#remember(decided);
      return decided;
    } catch (error) {
      this.#rows.takeBack();
      // Anything but a refusal rolls back the whole group.
      if (needsSavepoint && error instanceof Fault) {
        await this.#connection.query('ROLLBACK TO SAVEPOINT one');
        await this.#connection.query('RELEASE SAVEPOINT one');
      }
      throw error;
    }
  }

  async flush(sequence: number): Promise<void> {
    this.#rows.counters.set(SEQUENCE, sequence);
    await this.#rows.flush(this.#later);
  }

  publish(): void {
    this.#rows.publish();
    this.#tell(this.#touched);
    this.#reset();
  }

  discard(): void {
    this.#rows.discard();
    this.#reset();
  }

  forget(changed: readonly CommitEvent[] | 'everything'): void {
    if (changed === 'everything') {
      this.#rows.forgetAll();
      this.#onPublish('all');
      this.#onRegistered('all');
    } else {
      this.#rows.forget(changed);
      this.#tell(changed);
    }
  }

  #tell(events: readonly CommitEvent[]): void {
    this.#onPublish(oldRuns(events));
    this.#onRegistered(events.flatMap(({ registered = [] }) => registered));
  }

  async #apply({ changes, actor, at }: Commit, sequence: number): Promise<Required<Decided>> {
    const points: LoggedPoints[] = [];
    const purged: PurgedOwner[] = [];
    const touched = new Touched();
    const applying: Applying = {
      db: this.#db,
      later: this.#later,
      rows: this.#rows,
      actor,
      at,
      sequence,
      touched,
      given: [],
      numbered: [],
      points,
      purged,
      metricsOf: (run) => this.#metricsOf(run, { points, purged }),
    };
    for (const change of changes) await applyChange(applying, change);
    const { given, numbered } = applying;
    const receipt: Receipt = {
      sequence,
      projects: given,
      ...(numbered.length > 0 && { versions: numbered }),
      isRepeat: false,
    };
    return { receipt, event: touched.event(sequence), points, purged };
  }

  async #metricsOf(
    run: RunId,
    { points, purged }: Pick<Applying, 'points' | 'purged'>,
  ): Promise<ReadonlySet<string>> {
    const all = new Set(this.#logged.get(run));
    for (const logged of points) {
      if (logged.owner.kind !== 'run' || logged.owner.run !== run) continue;
      for (const metric of metricsWithPoints(logged)) all.add(metric);
    }
    // A run that began anew under the id of one that this commit purged has none of its metrics.
    if (purged.some((owner) => owner.kind === 'run' && owner.run === run)) return all;
    for (const metric of (await this.#metrics.summaries({ kind: 'run', run })).keys()) all.add(metric);
    return all;
  }

  #remember({ event }: Required<Decided>): void {
    this.#touched.push(event);
    for (const { run, metrics } of event.runs) {
      const id = run as RunId;
      if (metrics.length === 0) continue;
      const logged = this.#logged.get(id) ?? new Set();
      for (const metric of metrics) logged.add(metric);
      this.#logged.set(id, logged);
    }
  }

  #reset(): void {
    this.#logged = new Map();
    this.#touched = [];
  }
}

function oldRuns(events: readonly CommitEvent[]): OldRuns {
  return {
    runs: events.flatMap(({ runs }) => runs.map(({ run }) => run as RunId)),
    projects: new Set(events.flatMap(({ wholeProjects = [] }) => wholeProjects as readonly ProjectId[])),
  };
}

const WRITTEN_AT_ONCE: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'create-workspace',
  'update-workspace',
  'delete-workspace',
  'create-account',
  'update-account',
  'set-password',
  'create-key',
  'revoke-key',
  'touch-key',
  'create-team',
  'update-team',
  'delete-team',
  'set-role',
  'open-session',
  'touch-session',
  'end-session',
  'end-sessions',
  'create-invitation',
  'use-invitation',
  'record-audit',
  'create-registered-model',
  'update-registered-model',
  'delete-registered-model',
  'set-registered-tags',
  'delete-registered-tag',
  'declare-gates',
  'register-version',
  'update-version',
  'delete-version',
  'set-version-tags',
  'delete-version-tag',
  'promote',
  'remove-alias',
  'refuse-promotion',
  'ask-promotion',
  'decide-promotion',
  'withdraw-promotion',
  'record-evaluations',
  'start-deployment',
  'end-deployment',
  'add-inputs',
  'add-outputs',
  'produce-artifact',
  'use-artifact',
  'create-model',
  'put-file',
  'delete-files',
  'finalise-model',
  'delete-project',
  'restore-project',
  'purge-run',
  'purge-project',
  'condemn-blobs',
  'forget-blobs',
  'forget-receipts',
]);

/** Whether a change writes SQL that a later refusal within its commit has to undo. */
function isWrittenAtOnce(change: Change): boolean {
  return WRITTEN_AT_ONCE.has(change.kind) || (change.kind === 'set-tags' && saysEvaluates(change.tags));
}
