import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { lineageQuery, type LineageJson, type VersionDetail } from '../../../api/registry.ts';
import { mergeLineage, type Expansion, type Way } from './merge-lineage.ts';

const UP = 3;
const DOWN = 2;

export interface Lineage {
  readonly graph: LineageJson | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  readonly expand: (key: string, way: Way) => void;
  readonly isExpanding: boolean;
}

/** What a version came from and what came of it, with what was asked for around single nodes since. */
export function useLineage({ model, number }: Pick<VersionDetail, 'model' | 'number'>): Lineage {
  const first = useQuery(lineageQuery(`version ${model.name}@${number}`, UP, DOWN));
  const [expanded, setExpanded] = useState<readonly Expansion[]>([]);
  const more = useQueries({
    queries: expanded.map(({ key, way }) => lineageQuery(key, way === 'up' ? 1 : 0, way === 'down' ? 1 : 0)),
    combine: (results) => ({
      found: results.map(({ data }) => data),
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error,
    }),
  });
  const { data } = first;
  const graph = useMemo(() => data && mergeLineage(data, more.found, expanded), [data, more.found, expanded]);
  const expand = useCallback(
    (key: string, way: Way) =>
      setExpanded((before) =>
        before.some((each) => each.key === key && each.way === way) ? before : [...before, { key, way }],
      ),
    [],
  );
  return {
    graph,
    error: first.error ?? more.error,
    refetch: () => void first.refetch(),
    expand,
    isExpanding: more.isPending,
  };
}
