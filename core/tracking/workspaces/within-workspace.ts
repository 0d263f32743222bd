import type { TreeOwner } from '#core/domain/file-tree.ts';
import { DEFAULT_WORKSPACE, type ProjectId, type WorkspaceId } from '#core/domain/ids.ts';
import type { CatalogReader } from '../ports/readers.ts';

/**
 * The catalogue as far as it is of one workspace: what belongs to another reads as what is not there, so that whoever
 * asks by an id learns nothing, and changes nothing, there. Loose files are of the workspace `default`.
 */
export function withinWorkspace(catalog: CatalogReader, workspace: WorkspaceId): CatalogReader {
  const project: CatalogReader['project'] = async (id) => {
    const found = await catalog.project(id);
    return found?.workspace === workspace ? found : undefined;
  };
  const isHere = async (id: ProjectId): Promise<boolean> => (await project(id)) !== undefined;
  const here = async (ids: readonly ProjectId[]): Promise<readonly ProjectId[]> => {
    const found = await Promise.all(ids.map(project));
    return ids.filter((_, at) => found[at] !== undefined);
  };
  const ofHere = async <Thing extends { readonly project: ProjectId }>(
    thing: Thing | undefined,
  ): Promise<Thing | undefined> => (thing && (await isHere(thing.project)) ? thing : undefined);
  const allOfHere = async <Thing extends { readonly project: ProjectId }>(
    things: readonly Thing[],
  ): Promise<readonly Thing[]> => {
    const projects = new Set(await here([...new Set(things.map((thing) => thing.project))]));
    return things.filter((thing) => projects.has(thing.project));
  };
  const isTreeHere = async (owner: TreeOwner): Promise<boolean> => {
    if (owner.kind === 'loose') return workspace === DEFAULT_WORKSPACE;
    const of =
      owner.kind === 'run' ? await catalog.projectOfRun(owner.run) : await modelsProject(owner.model);
    return of !== undefined && isHere(of);
  };
  const modelsProject = async (id: Parameters<CatalogReader['model']>[0]): Promise<ProjectId | undefined> =>
    (await catalog.model(id))?.project;
  return {
    workspace: async (id) => (id === workspace ? catalog.workspace(id) : undefined),
    workspaces: async () => (await catalog.workspaces()).filter(({ id }) => id === workspace),
    project,
    projectByName: async (of, name) => (of === workspace ? catalog.projectByName(of, name) : undefined),
    projects: async (of, view) => (of === workspace ? catalog.projects(of, view) : []),
    run: async (id) => ofHere(await catalog.run(id)),
    projectOfRun: async (id) => {
      const of = await catalog.projectOfRun(id);
      return of !== undefined && (await isHere(of)) ? of : undefined;
    },
    runByNumber: async (of, number) => ((await isHere(of)) ? catalog.runByNumber(of, number) : undefined),
    runs: async (projects, view) => catalog.runs(await here(projects), view),
    searchRuns: async (search) => catalog.searchRuns({ ...search, projects: await here(search.projects) }),
    activeRuns: async () => allOfHere(await catalog.activeRuns()),
    recentRuns: async (limit) => allOfHere(await catalog.recentRuns(limit)),
    model: async (id) => ofHere(await catalog.model(id)),
    models: async (projects) => catalog.models(await here(projects)),
    manifest: (digest) => catalog.manifest(digest),
    file: async (owner, path) => ((await isTreeHere(owner)) ? catalog.file(owner, path) : undefined),
    list: async (owner, folder) => ((await isTreeHere(owner)) ? catalog.list(owner, folder) : []),
    files: async (owner, folder) => ((await isTreeHere(owner)) ? catalog.files(owner, folder) : []),
    isReferenced: (digest) => catalog.isReferenced(digest),
    condemned: (ask) => catalog.condemned(ask),
    hasReceipts: (ask) => catalog.hasReceipts(ask),
  };
}
