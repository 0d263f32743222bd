import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError } from '#core/contract/client.ts';
import { server } from './server.ts';

// What the page knows of the server's nouns, under keys that say what a change touches.

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      // A refusal stays one; a server that restarts is back soon.
      retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 3,
      retryDelay: (failures) => Math.min(4000, 300 * 2 ** failures),
    },
  },
});

export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: ({ signal }) => server.getServer({}, { signal }),
  staleTime: Infinity,
});

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: ({ signal }) => server.home({}, { signal }),
});

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: async ({ signal }) => (await server.listProjects({}, { signal })).projects,
});

export const deletedProjectsQuery = queryOptions({
  queryKey: ['projects', 'deleted'],
  queryFn: async ({ signal }) =>
    (await server.listProjects({ query: { view: 'deleted' } }, { signal })).projects,
});

const MOST_DELETED = 500;

export const deletedRunsQuery = (project: string) =>
  queryOptions({
    queryKey: ['runs', project, 'deleted'],
    queryFn: ({ signal }) =>
      server.searchRuns({ body: { projects: [project], view: 'deleted', limit: MOST_DELETED } }, { signal }),
  });

export const projectQuery = (project: string) =>
  queryOptions({
    queryKey: ['project', project],
    queryFn: ({ signal }) => server.getProject({ params: { project } }, { signal }),
  });

export const fieldsQuery = (project: string) =>
  queryOptions({
    queryKey: ['fields', project],
    queryFn: ({ signal }) => server.listFields({ params: { project } }, { signal }),
  });

export interface RunSearch {
  readonly filter: string;
  readonly order: readonly string[];
}

const PAGE = 500;

/** The runs of a project, page by page. */
export const runsQuery = (project: string, { filter, order }: RunSearch) =>
  infiniteQueryOptions({
    queryKey: ['runs', project, filter, order],
    queryFn: ({ signal, pageParam }) =>
      server.searchRuns(
        {
          body: {
            projects: [project],
            filter,
            order: [...order],
            limit: PAGE,
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
  });

export const runByNumberQuery = (project: string, number: number) =>
  queryOptions({
    queryKey: ['run', project, number],
    queryFn: ({ signal }) => server.getRunByNumber({ params: { project, number } }, { signal }),
  });

export const runQuery = (run: string) =>
  queryOptions({
    queryKey: ['run-by-id', run],
    queryFn: ({ signal }) => server.getRun({ params: { run } }, { signal }),
  });
