import type { LineageJson, LineageNodeJson } from '../../../api/registry.ts';

export type Way = 'up' | 'down';

/** A node around which more was asked for. */
export interface Expansion {
  readonly key: string;
  readonly way: Way;
}

/** The first answer with what was found around its nodes since: every node and edge once. What was expanded has no more. */
export function mergeLineage(
  first: LineageJson,
  found: readonly (LineageJson | undefined)[],
  expanded: readonly Expansion[],
): LineageJson {
  const nodes = new Map<string, LineageNodeJson>();
  const edges = new Map<string, LineageJson['edges'][number]>();
  for (const part of [first, ...found]) {
    for (const node of part?.nodes ?? []) {
      const before = nodes.get(node.key);
      nodes.set(node.key, {
        ...node,
        moreUp: node.moreUp && (before?.moreUp ?? true),
        moreDown: node.moreDown && (before?.moreDown ?? true),
      });
    }
    for (const edge of part?.edges ?? []) edges.set(`${edge.from} ${edge.to} ${edge.role}`, edge);
  }
  expanded.forEach(({ key, way }, i) => {
    const node = nodes.get(key);
    if (node && found[i])
      nodes.set(key, { ...node, ...(way === 'up' ? { moreUp: false } : { moreDown: false }) });
  });
  return { root: first.root, nodes: [...nodes.values()], edges: [...edges.values()] };
}
