import { applyArtifact } from './apply-artifact.ts';
import type { Change, Commit, Receipt } from '#core/tracking/ports/change.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Writer } from '#core/tracking/ports/writer.ts';
import { Touched } from '#storage/sql/commit-event.ts';
import type { RecentCommits } from '#storage/sql/recent-commits.ts';
import { applyCare } from './apply-care.ts';
import { applyFile } from './apply-file.ts';
import { applyIdentity, recordAudit } from './apply-identity.ts';
import { applyModel } from './apply-model.ts';
import { applyPoints } from './apply-points.ts';
import { applyProject } from './apply-project.ts';
import { purgeProject, purgeRun } from './apply-purge.ts';
import { applyRegistry } from './apply-registry.ts';
import { applyRun } from './apply-run.ts';
import { applyWorkspace } from './apply-workspace.ts';
import type { Applying, State } from './state.ts';

export class MemoryWriter implements Writer {
  readonly #state: State;
  readonly #feed: RecentCommits;

  constructor(state: State, feed: RecentCommits) {
    this.#state = state;
    this.#feed = feed;
  }

  async commit(commit: Commit): Promise<Receipt> {
    const key = commit.once && JSON.stringify([commit.actor.kind, commit.actor.id, commit.once]);
    const seen = key === undefined ? undefined : this.#state.receipts.get(key);
    if (seen) return { ...seen.receipt, isRepeat: true };

    const { at, actor } = commit;
    const sequence = (this.#state.counters.get('sequence') ?? 0) + 1;
    const touched = new Touched();
    const given: ProjectId[] = [];
    const numbered: number[] = [];
    const receipt = this.#state.attempt(() => {
      for (const change of commit.changes) {
        applyChange({ state: this.#state, actor, at, sequence, touched, given, numbered }, change);
      }
      const first: Receipt = {
        sequence,
        projects: given,
        ...(numbered.length > 0 && { versions: numbered }),
        isRepeat: false,
      };
      this.#state.counters.set('sequence', sequence);
      if (key !== undefined) {
        const order = [actor.kind, actor.id, commit.once ?? ''];
        this.#state.receipts.set(key, { receipt: first, key, at, order });
      }
      return first;
    });
    this.#feed.publish(touched.event(sequence));
    return receipt;
  }
}

function applyChange(applying: Applying, change: Change): void {
  switch (change.kind) {
    case 'create-workspace':
    case 'update-workspace':
    case 'delete-workspace':
      return applyWorkspace(applying, change);
    case 'create-project':
    case 'rename-project':
    case 'delete-project':
    case 'restore-project':
    case 'set-project-tags':
    case 'delete-project-tag':
    case 'set-objective':
      return applyProject(applying, change);
    case 'create-run':
    case 'update-run':
    case 'delete-run':
    case 'restore-run':
    case 'set-params':
    case 'set-tags':
    case 'delete-tag':
    case 'add-inputs':
    case 'add-outputs':
      return applyRun(applying, change);
    case 'produce-artifact':
    case 'use-artifact':
      return applyArtifact(applying, change);
    case 'create-model':
    case 'finalise-model':
    case 'set-model-params':
    case 'set-model-tags':
    case 'delete-model-tag':
    case 'delete-model':
      return applyModel(applying, change);
    case 'put-file':
    case 'delete-files':
      return applyFile(applying, change);
    case 'purge-run':
      return purgeRun(applying, change);
    case 'purge-project':
      return purgeProject(applying, change);
    case 'condemn-blobs':
    case 'forget-blobs':
    case 'forget-receipts':
      return applyCare(applying, change);
    case 'log-points':
      return applyPoints(applying, change);
    case 'record-audit':
      return recordAudit(applying, change);
    case 'create-account':
    case 'update-account':
    case 'set-password':
    case 'create-key':
    case 'revoke-key':
    case 'touch-key':
    case 'create-team':
    case 'update-team':
    case 'delete-team':
    case 'set-role':
    case 'open-session':
    case 'touch-session':
    case 'end-session':
    case 'end-sessions':
    case 'create-invitation':
    case 'use-invitation':
      return applyIdentity(applying, change);
    case 'create-registered-model':
    case 'update-registered-model':
    case 'delete-registered-model':
    case 'set-registered-tags':
    case 'delete-registered-tag':
    case 'declare-gates':
    case 'register-version':
    case 'update-version':
    case 'delete-version':
    case 'set-version-tags':
    case 'delete-version-tag':
    case 'promote':
    case 'remove-alias':
    case 'refuse-promotion':
    case 'ask-promotion':
    case 'decide-promotion':
    case 'withdraw-promotion':
    case 'record-evaluations':
    case 'start-deployment':
    case 'end-deployment':
      return applyRegistry(applying, change);
  }
}
