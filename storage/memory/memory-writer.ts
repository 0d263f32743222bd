import type { Change, Commit, Receipt } from '#core/tracking/ports/change.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Writer } from '#core/tracking/ports/writer.ts';
import { Touched } from '#storage/sql/commit-event.ts';
import type { RecentCommits } from '#storage/sql/recent-commits.ts';
import { applyFile } from './apply-file.ts';
import { applyModel } from './apply-model.ts';
import { applyPoints } from './apply-points.ts';
import { applyProject } from './apply-project.ts';
import { applyRun } from './apply-run.ts';
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
    if (seen) return { ...seen, isRepeat: true };

    const { at, actor } = commit;
    const sequence = (this.#state.counters.get('sequence') ?? 0) + 1;
    const touched = new Touched();
    const given: ProjectId[] = [];
    const receipt = this.#state.attempt(() => {
      for (const change of commit.changes) {
        applyChange({ state: this.#state, actor, at, sequence, touched, given }, change);
      }
      const first: Receipt = { sequence, projects: given, isRepeat: false };
      this.#state.counters.set('sequence', sequence);
      if (key !== undefined) this.#state.receipts.set(key, first);
      return first;
    });
    this.#feed.publish(touched.event(sequence));
    return receipt;
  }
}

function applyChange(applying: Applying, change: Change): void {
  switch (change.kind) {
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
    case 'log-points':
      return applyPoints(applying, change);
  }
}
