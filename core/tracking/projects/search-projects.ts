import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { Project } from '#core/domain/project.ts';
import {
  compareProjects,
  matchesProject,
  parseProjectFilter,
  parseProjectOrder,
} from '#core/query/subjects/project.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import { pageAfter, type Page } from '../page.ts';
import type { Ports } from '../ports/ports.ts';

export interface SearchProjects {
  readonly workspace: WorkspaceId;
  readonly view: LifecycleView;
  readonly filter?: string;
  readonly order?: readonly string[];
  readonly limit: number;
  readonly cursor?: string;
}

/** Projects the principal may see. Without an order: newest first, then by id. @throws Fault `invalid` for the filter, order or cursor. */
export async function searchProjects(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: SearchProjects,
): Promise<Page<Project>> {
  const filter = parseProjectFilter(ask.filter ?? '');
  const order = compareProjects(parseProjectOrder(ask.order ?? []));
  const all = await ports.catalog.projects(ask.workspace, ask.view);
  const found = all
    .filter((project) =>
      may(principal, 'project:read', { project: project.id, workspace: project.workspace }),
    )
    .filter((project) => matchesProject(filter, project))
    .toSorted(order);
  return pageAfter(found, { limit: ask.limit, cursor: ask.cursor, idOf: (project) => project.id });
}

/** Those of the named projects that the principal may read runs of: a search never leaks the others, counts included. */
export async function readableProjects(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ids: readonly ProjectId[],
): Promise<ProjectId[]> {
  const projects = await Promise.all([...new Set(ids)].map((id) => ports.catalog.project(id)));
  return projects
    .filter((project) => project !== undefined)
    .filter((project) => may(principal, 'run:read', { project: project.id, workspace: project.workspace }))
    .map((project) => project.id);
}
