// All registered models in memory. Commits, also those of other servers, say which changed; whoever reads next reads those
// rows again, together with all who ask meanwhile. So a read sees every commit that was applied before it began.
import type { RegisteredModelId, WorkspaceId } from '#core/domain/ids.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { inBatches } from '../staged-rows.ts';
import type { CatalogDb } from '../tables.ts';
import { readRegistered } from './registered-models.ts';
import type { RegisteredModelTable } from './schema/registry-tables.ts';

export class ModelCache {
  readonly #db: CatalogDb;
  readonly #models = new Map<RegisteredModelId, RegisteredModel>();
  /** By workspace, made when somebody asks. */
  readonly #lists = new Map<WorkspaceId, WorkspaceModels>();
  #outdated: Set<RegisteredModelId> | 'all' = 'all';
  #loading: Promise<void> | undefined;
  /** How often something became outdated, and how much of that was read again. */
  #changes = 1;
  #loaded = 0;

  constructor(db: CatalogDb) {
    this.#db = db;
  }

  /** To be called when commits that changed these become visible. */
  forget(changed: readonly string[] | 'all'): void {
    if (changed.length === 0) return;
    this.#changes += 1;
    if (changed === 'all' || this.#outdated === 'all') this.#outdated = 'all';
    else for (const id of changed) this.#outdated.add(id as RegisteredModelId);
  }

  async model(id: RegisteredModelId): Promise<RegisteredModel | undefined> {
    await this.#current();
    return this.#models.get(id);
  }

  async named(workspace: WorkspaceId, name: string): Promise<RegisteredModel | undefined> {
    await this.#current();
    return this.#listOf(workspace).byName.get(name);
  }

  /** By name in code unit order. */
  async all(workspace: WorkspaceId): Promise<readonly RegisteredModel[]> {
    await this.#current();
    return this.#listOf(workspace).sorted;
  }

  #listOf(workspace: WorkspaceId): WorkspaceModels {
    const known = this.#lists.get(workspace);
    if (known) return known;
    const models = this.#models.values().filter((model) => model.workspace === workspace);
    const sorted = models.toArray().toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const made = { sorted, byName: new Map(sorted.map((model) => [model.name, model])) };
    this.#lists.set(workspace, made);
    return made;
  }

  /** Waits for a read of what was outdated by now; what becomes so meanwhile is left to who asks later. */
  async #current(): Promise<void> {
    const asked = this.#changes;
    while (this.#loaded < asked) {
      this.#loading ??= this.#load().finally(() => {
        this.#loading = undefined;
      });
      await this.#loading;
    }
  }

  async #load(): Promise<void> {
    const wanted = this.#outdated;
    const changes = this.#changes;
    this.#outdated = new Set();
    try {
      if (wanted === 'all') await this.#loadAll();
      else for (const some of inBatches([...wanted])) await this.#loadSome(some);
      this.#loaded = changes;
    } catch (error) {
      this.forget(wanted === 'all' ? 'all' : [...wanted]);
      throw error;
    }
  }

  async #loadAll(): Promise<void> {
    const rows = await this.#query().execute();
    this.#models.clear();
    this.#keep(rows);
    this.#lists.clear();
  }

  async #loadSome(ids: readonly RegisteredModelId[]): Promise<void> {
    const rows = await this.#query().where('id', 'in', ids).execute();
    const before = ids.map((id) => this.#models.get(id));
    for (const id of ids) this.#models.delete(id);
    this.#keep(rows);
    for (const model of [...before, ...ids.map((id) => this.#models.get(id))]) {
      if (model) this.#lists.delete(model.workspace);
    }
  }

  #query() {
    return this.#db.selectFrom('registered_model').selectAll().where('deleted_at', 'is', null);
  }

  #keep(rows: readonly RegisteredModelTable[]): void {
    for (const row of rows) {
      const model = readRegistered(row);
      this.#models.set(model.id, model);
    }
  }
}

interface WorkspaceModels {
  readonly sorted: readonly RegisteredModel[];
  readonly byName: ReadonlyMap<string, RegisteredModel>;
}
