import type { LineageJson, LineageNodeJson } from './registry-schemas.ts';

export interface LineageNeighbour {
  readonly node: LineageNodeJson;
  /** Of several they are joined; '' without any. */
  readonly role: string;
}

/** Artifact and model versions one step from the root: what led to it, or what came of it; each once. */
export function neighbourVersions(
  { edges, nodes, root }: LineageJson,
  way: 'up' | 'down',
): readonly LineageNeighbour[] {
  const roles = new Map<string, string[]>();
  for (const { from, role, to } of edges) {
    const [here, there] = way === 'up' ? [to, from] : [from, to];
    if (here === root) roles.set(there, [...(roles.get(there) ?? []), role].filter(Boolean));
  }
  return nodes.flatMap((node) => {
    const its = roles.get(node.key);
    return its && (node.kind === 'artifact' || node.kind === 'version')
      ? [{ node, role: its.join(', ') }]
      : [];
  });
}
