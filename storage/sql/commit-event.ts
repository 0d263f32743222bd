import type { AccountId } from '#core/domain/account.ts';
import type { ModelId, ProjectId, RegisteredModelId, RunId } from '#core/domain/ids.ts';
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
  readonly #registered = new Set<string>();
  readonly #wholeProjects = new Set<string>();
  readonly #accounts = new Set<string>();
  #isEverybody = false;

  project(id: ProjectId): void {
    this.#projects.add(id);
  }

  /** The project changed, and with it the document of each of its runs. */
  wholeProject(id: ProjectId): void {
    this.project(id);
    this.#wholeProjects.add(id);
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

  /** The registered model changed, or a version, the log, a promotion, an evaluation or a deployment of it. */
  registered(id: RegisteredModelId): void {
    this.#registered.add(id);
  }

  /** Whether an account may log in, or what it may, changed; without one: of accounts that would have to be looked up. */
  identity(account?: AccountId): void {
    if (account === undefined) this.#isEverybody = true;
    else this.#accounts.add(account);
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
      ...(this.#registered.size > 0 && { registered: [...this.#registered] }),
      ...(this.#wholeProjects.size > 0 && { wholeProjects: [...this.#wholeProjects] }),
      ...this.#identity(),
    };
  }

  #identity(): Pick<CommitEvent, 'identity'> {
    if (this.#isEverybody) return { identity: 'all' };
    return this.#accounts.size > 0 ? { identity: [...this.#accounts] } : {};
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
