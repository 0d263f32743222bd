import type { TreeEntry, TreeFile, TreeOwner } from '#core/domain/file-tree.ts';
import type { BlobDigest, ManifestDigest, ModelId, ProjectId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import { isVisible, type LifecycleView } from '#core/domain/lifecycle.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import type { Manifest } from '#core/domain/manifest.ts';
import type { Project } from '#core/domain/project.ts';
import { isEnded, type Run } from '#core/domain/run.ts';
import type { Workspace } from '#core/domain/workspace.ts';
import { startAfter } from '#core/query/place.ts';
import { compareRuns, matchesRun } from '#core/query/subjects/run.ts';
import type { CatalogReader, FoundRuns, RunSearch } from '#core/tracking/ports/readers.ts';
import { fileKey, filesOf, isBelow, isNamed } from './apply-file.ts';
import type { ModelRow, RunRow, State } from './state.ts';

export class MemoryCatalog implements CatalogReader {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async workspace(id: WorkspaceId): Promise<Workspace | undefined> {
    return this.#state.workspaces.get(id);
  }

  async workspaces(): Promise<readonly Workspace[]> {
    return this.#state.workspaces
      .values()
      .toArray()
      .toSorted((a, b) => byCodeUnit(a.id, b.id));
  }

  async project(id: ProjectId): Promise<Project | undefined> {
    return this.#state.projects.get(id);
  }

  async projectByName(workspace: WorkspaceId, name: string): Promise<Project | undefined> {
    return this.#state.projects
      .values()
      .find((project) => project.workspace === workspace && project.name === name);
  }

  async projects(workspace: WorkspaceId, view: LifecycleView): Promise<readonly Project[]> {
    return this.#state.projects
      .values()
      .filter((project) => project.workspace === workspace && isVisible(project.deletedAt, view))
      .toArray();
  }

  async run(id: RunId): Promise<Run | undefined> {
    const row = this.#state.runs.get(id);
    return row && this.#run(row);
  }

  async projectOfRun(id: RunId): Promise<ProjectId | undefined> {
    return this.#state.runs.get(id)?.project;
  }

  async runByNumber(project: ProjectId, number: number): Promise<Run | undefined> {
    return this.#runs((run) => run.project === project && run.number === number)[0];
  }

  async runs(projects: readonly ProjectId[], view: LifecycleView): Promise<readonly Run[]> {
    const wanted = new Set(projects);
    return this.#runs((run) => wanted.has(run.project) && isVisible(run.deletedAt, view));
  }

  async searchRuns({ projects, view, filter, order, limit, after }: RunSearch): Promise<FoundRuns> {
    const runs = await this.runs(projects, view);
    const found = runs.filter((run) => matchesRun(filter, run)).toSorted(compareRuns(order));
    const start = startAfter(found, after, (run) => run.id);
    return { items: found.slice(start, start + limit), total: found.length, start };
  }

  async activeRuns(): Promise<readonly Run[]> {
    return this.#runs((run) => run.deletedAt === undefined && !isEnded(run.status));
  }

  async recentRuns(limit: number): Promise<readonly Run[]> {
    return this.#runs((run) => run.deletedAt === undefined)
      .toSorted((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async model(id: ModelId): Promise<LoggedModel | undefined> {
    const row = this.#state.models.get(id);
    return row && row.deletedAt === undefined ? this.#model(row) : undefined;
  }

  async models(projects: readonly ProjectId[]): Promise<readonly LoggedModel[]> {
    const wanted = new Set(projects);
    return this.#state.models
      .values()
      .filter((row) => wanted.has(row.project) && row.deletedAt === undefined)
      .map((row) => this.#model(row))
      .toArray();
  }

  async manifest(digest: ManifestDigest): Promise<Manifest | undefined> {
    return this.#state.manifests.get(digest);
  }

  async file(owner: TreeOwner, path: string): Promise<TreeFile | undefined> {
    return this.#state.files.get(fileKey(owner, path))?.file;
  }

  async list(owner: TreeOwner, folder: string): Promise<readonly TreeEntry[]> {
    const files = await this.files(owner, folder);
    const depth = folder === '' ? 0 : folder.length + 1;
    const folders = new Set<string>();
    const direct: TreeEntry[] = [];
    for (const { path, sizeBytes, modifiedAt } of files) {
      const slash = path.indexOf('/', depth);
      if (slash < 0) direct.push({ kind: 'file', path, sizeBytes, modifiedAt });
      else folders.add(path.slice(0, slash));
    }
    const directories = [...folders]
      .toSorted(byCodeUnit)
      .map((path) => ({ kind: 'directory' as const, path }));
    return [...directories, ...direct];
  }

  async files(owner: TreeOwner, folder: string): Promise<readonly TreeFile[]> {
    return filesOf(this.#state, owner)
      .filter((file) => isBelow(file.path, folder))
      .toSorted((a, b) => byCodeUnit(a.path, b.path));
  }

  async isReferenced(digest: BlobDigest): Promise<boolean> {
    return isNamed(this.#state, digest);
  }

  async condemned({
    until,
    after,
    limit,
  }: Parameters<CatalogReader['condemned']>[0]): Promise<readonly BlobDigest[]> {
    const found = this.#state.condemned.entries().filter(([digest, at]) => at <= until && digest > after);
    return found
      .map(([digest]) => digest)
      .toArray()
      .toSorted(byCodeUnit)
      .slice(0, limit);
  }

  async hasReceipts({ before }: { readonly before: number }): Promise<boolean> {
    return this.#state.receipts.values().some((receipt) => receipt.at < before);
  }

  #runs(wanted: (run: RunRow) => boolean): readonly Run[] {
    return this.#state.runs
      .values()
      .filter(wanted)
      .map((row) => this.#run(row))
      .toArray();
  }

  #run(row: RunRow): Run {
    const metrics = this.#state.series
      .values()
      .filter(({ owner }) => owner.kind === 'run' && owner.run === row.id)
      .map(({ metric, summary }) => [metric, summary] as const);
    return { ...row, metrics: new Map(metrics) };
  }

  #model(row: ModelRow): LoggedModel {
    const metrics = this.#state.series
      .values()
      .flatMap(({ owner, metric, summary }) =>
        owner.kind === 'model' && owner.model === row.id ? [{ owner, metric, summary }] : [],
      );
    return { ...row, metrics: metrics.toArray() };
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
