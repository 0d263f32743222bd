import type { TreeEntry, TreeFile, TreeOwner } from '#core/domain/file-tree.ts';
import type { BlobDigest, ManifestDigest, ModelId, ProjectId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { LoggedModel, ModelMetric } from '#core/domain/logged-model.ts';
import type { Manifest } from '#core/domain/manifest.ts';
import type { Project } from '#core/domain/project.ts';
import type { Run } from '#core/domain/run.ts';
import type { Workspace } from '#core/domain/workspace.ts';
import type { CatalogReader, FoundRuns, RunReader, RunSearch } from '#core/tracking/ports/readers.ts';
import { condemnedBlobs } from './apply-care.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { fileAt, filesBelow, listFolder } from './files.ts';
import { isBlobNamed, readManifest } from './manifests.ts';
import { areReceiptsBefore } from './idempotency.ts';
import type { MetricSource } from './metric-source.ts';
import type { ModelRow } from './models.ts';
import { projectIdNamed } from './projects.ts';
import type { RunAssembly } from './run-assembly.ts';
import { listActiveRuns, listRecentRuns, listRuns, runNumbered } from './run-lists.ts';
import { inBatches } from './staged-rows.ts';
import type { CatalogDb } from './tables.ts';
import { listWorkspaces, workspaceOf } from './workspaces.ts';

/** The catalogue as it was last committed. */
export class SqlCatalogReader implements CatalogReader {
  readonly #db: CatalogDb;
  readonly #rows: CatalogRows;
  readonly #metrics: MetricSource;
  readonly #assembly: RunAssembly;
  readonly #search: RunReader['searchRuns'];

  constructor(parts: {
    readonly db: CatalogDb;
    readonly rows: CatalogRows;
    readonly metrics: MetricSource;
    readonly assembly: RunAssembly;
    readonly search: RunReader['searchRuns'];
  }) {
    this.#db = parts.db;
    this.#rows = parts.rows;
    this.#metrics = parts.metrics;
    this.#assembly = parts.assembly;
    this.#search = parts.search;
  }

  async workspace(id: WorkspaceId): Promise<Workspace | undefined> {
    return workspaceOf(this.#db, id);
  }

  async workspaces(): Promise<readonly Workspace[]> {
    return listWorkspaces(this.#db);
  }

  async project(id: ProjectId): Promise<Project | undefined> {
    return (await this.#rows.projects.durable(this.#db, [id])).get(id)?.project;
  }

  async projectByName(workspace: WorkspaceId, name: string): Promise<Project | undefined> {
    const id = await projectIdNamed(this.#db, workspace, name);
    return id === undefined ? undefined : this.project(id);
  }

  async projects(workspace: WorkspaceId, view: LifecycleView): Promise<readonly Project[]> {
    let query = this.#db.selectFrom('project').select('id').where('workspace', '=', workspace);
    if (view === 'active') query = query.where('deleted_at', 'is', null);
    if (view === 'deleted') query = query.where('deleted_at', 'is not', null);
    const ids = (await query.orderBy('ordinal').execute()).map((row) => row.id as ProjectId);
    const rows = await this.#rows.projects.durable(this.#db, ids);
    return ids.flatMap((id) => rows.get(id)?.project ?? []);
  }

  async run(id: RunId): Promise<Run | undefined> {
    return this.#assembly.run(id);
  }

  async projectOfRun(id: RunId): Promise<ProjectId | undefined> {
    return (await this.#rows.runs.durable(this.#db, [id])).get(id)?.project;
  }

  async runByNumber(project: ProjectId, number: number): Promise<Run | undefined> {
    const id = await runNumbered(this.#db, project, number);
    return id === undefined ? undefined : this.#assembly.run(id);
  }

  async runs(projects: readonly ProjectId[], view: LifecycleView): Promise<readonly Run[]> {
    return this.#assembly.runs(await listRuns(this.#db, projects, view));
  }

  async searchRuns(search: RunSearch): Promise<FoundRuns> {
    return this.#search(search);
  }

  async activeRuns(): Promise<readonly Run[]> {
    return this.#assembly.runs(await listActiveRuns(this.#db));
  }

  async recentRuns(limit: number): Promise<readonly Run[]> {
    return this.#assembly.runs(await listRecentRuns(this.#db, limit));
  }

  async model(id: ModelId): Promise<LoggedModel | undefined> {
    const row = (await this.#rows.models.durable(this.#db, [id])).get(id);
    return row && row.deletedAt === undefined ? this.#assemble(row) : undefined;
  }

  async models(projects: readonly ProjectId[]): Promise<readonly LoggedModel[]> {
    const ids: ModelId[] = [];
    for (const some of inBatches([...new Set(projects)])) {
      const query = this.#db.selectFrom('model').select('id').where('project', 'in', some);
      const rows = await query.where('deleted_at', 'is', null).orderBy('created_at').orderBy('id').execute();
      for (const row of rows) ids.push(row.id as ModelId);
    }
    const rows = await this.#rows.models.durable(this.#db, ids);
    const models: LoggedModel[] = [];
    for (const row of rows.values()) models.push(await this.#assemble(row));
    return models;
  }

  async manifest(digest: ManifestDigest): Promise<Manifest | undefined> {
    return readManifest(this.#db, digest);
  }

  async file(owner: TreeOwner, path: string): Promise<TreeFile | undefined> {
    return fileAt(this.#db, owner, path);
  }

  async list(owner: TreeOwner, folder: string): Promise<readonly TreeEntry[]> {
    return listFolder(this.#db, owner, folder);
  }

  async files(owner: TreeOwner, folder: string): Promise<readonly TreeFile[]> {
    return filesBelow(this.#db, owner, folder);
  }

  async isReferenced(digest: BlobDigest): Promise<boolean> {
    return isBlobNamed(this.#db, digest);
  }

  async condemned(ask: Parameters<CatalogReader['condemned']>[0]): Promise<readonly BlobDigest[]> {
    return condemnedBlobs(this.#db, ask);
  }

  async hasReceipts({ before }: { readonly before: number }): Promise<boolean> {
    return areReceiptsBefore(this.#db, before);
  }

  async #assemble(row: ModelRow): Promise<LoggedModel> {
    const metrics = await this.#metrics.modelMetrics(row.id);
    const measured = metrics.filter((metric): metric is ModelMetric => metric.owner.kind === 'model');
    return { ...row, metrics: measured };
  }
}
