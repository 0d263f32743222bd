import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import { server } from '../../api/server.ts';

export type FoundRun = Pick<RunJson, 'id' | 'project' | 'number' | 'name' | 'status'>;

const MOST = 8;

/** Runs by a part of their name, or by their number: in the open project first, then everywhere. */
export function findRuns(text: string, project: string | undefined, projects: readonly ProjectSummaryJson[]) {
  const wanted = text.trim();
  const everywhere = projects.map(({ id }) => id).slice(0, 1000);
  return queryOptions({
    queryKey: ['palette', wanted, project, everywhere.length],
    enabled: wanted !== '' && everywhere.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<FoundRun[]> => {
      const filter = filterFor(wanted);
      const find = async (ids: readonly string[]): Promise<RunJson[]> =>
        ids.length === 0
          ? []
          : (await server.searchRuns({ body: { projects: [...ids], filter, limit: MOST } }, { signal })).runs;
      const [here, there] = await Promise.all([
        find(project === undefined ? [] : [project]),
        find(everywhere.filter((id) => id !== project)),
      ]);
      return [...here, ...there].slice(0, MOST);
    },
  });
}

function filterFor(wanted: string): string {
  const pattern = wanted.replaceAll('"', '').replaceAll('%', '');
  const byName = `name ILIKE "%${pattern}%"`;
  return /^\d{1,9}$/.test(wanted) ? `number = ${wanted} OR ${byName}` : byName;
}
