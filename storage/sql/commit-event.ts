import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';

interface Touch {
  readonly project: string;
  isDocument: boolean;
  readonly metrics: Set<string>;
}

/** Gathers what the changes of one commit touch, for its `CommitEvent`. */
export class Touched {
  readonly #projects = new Set<string>();
  readonly #runs = new Map<string, Touch>();
  readonly #models = new Set<string>();
  #isIdentity = false;

  project(id: ProjectId): void {
    this.#projects.add(id);
  }

  /** The run's document or files changed. */
  run(id: RunId, project: ProjectId): void {
    this.#touch(id, project).isDocument = true;
  }

  /** The run received points of these metrics. */
  points(id: RunId, project: ProjectId, metrics: Iterable<string>): void {
    const touch = this.#touch(id, project);
    for (const metric of metrics) touch.metrics.add(metric);
  }

  model(id: ModelId): void {
    this.#models.add(id);
  }

  /** Who may log in, or what somebody may, changed. */
  identity(): void {
    this.#isIdentity = true;
  }

  event(sequence: number): CommitEvent {
    const runs = Array.from(this.#runs, ([run, { project, isDocument, metrics }]) => ({
      run,
      project,
      isDocument,
      metrics: [...metrics],
    }));
    return {
      sequence,
      projects: [...this.#projects],
      runs,
      models: [...this.#models],
      ...(this.#isIdentity && { identity: true }),
    };
  }

  #touch(id: RunId, project: ProjectId): Touch {
    let touch = this.#runs.get(id);
    if (!touch) {
      touch = { project, isDocument: false, metrics: new Set() };
      this.#runs.set(id, touch);
    }
    return touch;
  }
}
