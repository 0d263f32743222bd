import { Graph, layout } from '@dagrejs/dagre';
import type { LineageJson, LineageNodeJson } from '../../../api/registry.ts';

export interface PlacedNode {
  readonly node: LineageNodeJson;
  /** Upper left corner, CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** What it came from, with the role. */
  readonly from: readonly { readonly node: LineageNodeJson; readonly role: string }[];
}

export interface PlacedEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly role: string;
  /** SVG path data. */
  readonly d: string;
  /** Where an arrow head ends. */
  readonly tip: { readonly x: number; readonly y: number };
}

export interface PlacedLineage {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 132, height: 44 };
const MARGIN = 22;

/** Left to right in the order in which things came from each other (dagre). */
export function placeLineage({ nodes, edges }: Pick<LineageJson, 'nodes' | 'edges'>): PlacedLineage {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 32, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Map(nodes.map((node) => [node.key, node]));
  for (const { key } of nodes) graph.setNode(key, { ...NODE });
  const drawn = edges.filter(({ from, to }) => known.has(from) && known.has(to));
  for (const { from, to } of drawn) graph.setEdge(from, to);
  layout(graph);
  const corner = (key: string): { x: number; y: number } => {
    const { x = 0, y = 0 } = graph.node(key) as { x?: number; y?: number };
    return { x: Math.round(x - NODE.width / 2), y: Math.round(y - NODE.height / 2) };
  };
  const placed = nodes
    .map((node): PlacedNode => {
      const from = drawn
        .filter(({ to }) => to === node.key)
        .flatMap((edge) => {
          const source = known.get(edge.from);
          return source ? [{ node: source, role: edge.role }] : [];
        });
      return { node, ...corner(node.key), from };
    })
    // The order of reading and of the Tab key.
    .toSorted((a, b) => a.x - b.x || a.y - b.y);
  const lines = drawn.map((edge): PlacedEdge => {
    const start = corner(edge.from);
    const end = corner(edge.to);
    const tip = { x: end.x, y: end.y + NODE.height / 2 };
    const { points = [] } = graph.edge(edge.from, edge.to) as { points?: readonly Stop[] };
    // The first and the last lie on the nodes; those between lead a long edge past what stands in its way.
    const way = [{ x: start.x + NODE.width, y: start.y + NODE.height / 2 }, ...points.slice(2, -2), tip];
    return { ...edge, key: `${edge.from} ${edge.to} ${edge.role}`, d: curveThrough(way), tip };
  });
  return {
    nodes: placed,
    edges: lines,
    width: Math.max(0, ...placed.map(({ x }) => x)) + NODE.width + MARGIN,
    height: Math.max(0, ...placed.map(({ y }) => y)) + NODE.height + MARGIN,
  };
}

interface Stop {
  readonly x: number;
  readonly y: number;
}

/** Level at every stop, so that neither nodes nor bends are cut. */
function curveThrough(stops: readonly Stop[]): string {
  return stops
    .map(({ x, y }, i) => {
      const before = stops[i - 1];
      if (!before) return `M${x} ${y}`;
      const middle = (before.x + x) / 2;
      return `C${middle} ${before.y} ${middle} ${y} ${x} ${y}`;
    })
    .join('');
}
