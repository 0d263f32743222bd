import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { server } from '../../api/server.ts';

const MOST = 5;

/** Registered models by a part of their name. */
export function findModels(text: string) {
  const wanted = text.trim();
  return queryOptions({
    queryKey: ['registry', 'palette', wanted],
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await server.listRegisteredModels({ query: { q: wanted, limit: MOST } }, { signal })).models,
  });
}
