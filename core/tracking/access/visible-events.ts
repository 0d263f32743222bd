import { projectId, registeredModelId, type WorkspaceId } from '#core/domain/ids.ts';
import type { Ports } from '../ports/ports.ts';
import type { CommitEvent } from '../ports/writer.ts';
import { registryReach } from './authorise-registry.ts';
import { may } from './authorise.ts';
import type { Principal } from './principal.ts';

/**
 * What the principal may hear of commits, in their order and each with its sequence: of projects, runs and registered
 * models those that he may read, of logged models (whose project an event does not say) only if he may read everything.
 */
export function visibleEvents(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  principal: Principal,
): (events: readonly CommitEvent[]) => Promise<readonly CommitEvent[]> {
  // A project never changes its workspace.
  const workspaces = new Map<string, WorkspaceId>();
  const workspaceOf = async (project: string): Promise<WorkspaceId | undefined> => {
    const known = workspaces.get(project);
    if (known !== undefined) return known;
    const found = (await ports.catalog.project(projectId(project)))?.workspace;
    if (found !== undefined) workspaces.set(project, found);
    return found;
  };
  const isReadable = async (project: string): Promise<boolean> => {
    const workspace = await workspaceOf(project);
    return may(principal, 'run:read', { project: projectId(project), ...(workspace && { workspace }) });
  };

  const isReadableModel = async (registered: string): Promise<boolean> => {
    const model = await ports.registry.registeredModel(registeredModelId(registered));
    if (!model) return false;
    return (await registryReach(ports, principal, model.workspace))('registry:read', model);
  };

  const readsAll = may(principal, 'run:read');
  return async (events) => {
    if (readsAll) return events;
    const touched = events.flatMap(({ projects, runs }) => [...projects, ...runs.map((run) => run.project)]);
    const readable = new Set<string>();
    for (const project of new Set(touched)) if (await isReadable(project)) readable.add(project);
    for (const model of new Set(events.flatMap(({ registered = [] }) => registered))) {
      if (await isReadableModel(model)) readable.add(model);
    }
    return events.map((event) => ({
      ...event,
      projects: event.projects.filter((project) => readable.has(project)),
      runs: event.runs.filter((run) => readable.has(run.project)),
      ...(event.wholeProjects && {
        wholeProjects: event.wholeProjects.filter((project) => readable.has(project)),
      }),
      ...(event.registered && { registered: event.registered.filter((model) => readable.has(model)) }),
      models: [],
    }));
  };
}
