import { Fault } from '#core/domain/fault.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { Run } from '#core/domain/run.ts';
import { fieldsOf } from '#core/query/fields.ts';
import { parseRunFilter, parseRunOrder } from '#core/query/subjects/run.ts';
import type { Principal } from '../access/principal.ts';
import { pageOf, placeOf, type Page } from '../page.ts';
import type { Ports } from '../ports/ports.ts';
import { readableProjects } from '../projects/search-projects.ts';

export interface SearchRuns {
  readonly projects: readonly ProjectId[];
  /** Cairn's filter language; empty means all. */
  readonly filter: string;
  /** `metrics.loss ASC` and the like; empty: start time descending, then id. */
  readonly order: readonly string[];
  readonly view: LifecycleView;
  readonly limit: number;
  readonly cursor?: string;
}

/** A field may take as much memory as there are runs. */
const MOST_FIELDS = 64;

/** Runs of the projects that the principal may read. @throws Fault `invalid` with the position in the filter. */
export async function searchRuns(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: SearchRuns,
): Promise<Page<Run>> {
  const search = {
    view: ask.view,
    filter: parseRunFilter(ask.filter),
    order: parseRunOrder(ask.order),
    limit: ask.limit,
    after: placeOf(ask.cursor),
  };
  const fields = fieldsOf(search.filter, search.order).length;
  if (fields > MOST_FIELDS) {
    throw new Fault('invalid', `A search asks at most ${MOST_FIELDS} different fields, this one ${fields}.`, {
      field: 'filter',
    });
  }
  const projects = await readableProjects(ports, principal, ask.projects);
  if (projects.length === 0) return { items: [], total: 0 };
  return pageOf(await ports.catalog.searchRuns({ projects, ...search }), { idOf: (run) => run.id });
}
