import { lineageKey, type LineageEdge, type LineageNode } from '#core/domain/lineage.ts';
import type { Ports } from '../ports/ports.ts';

export type Way = 'up' | 'down';

/** What a walk found. Who may see what is decided by the `judge`, whom it asks about each generation at once. */
export interface Walked {
  /** Key → node that is shown, the root first. */
  readonly nodes: Map<string, LineageNode>;
  /** Those to hidden nodes and to nodes that are gone included. */
  readonly edges: LineageEdge[];
  /** Keys of nodes of which edges were left out. */
  readonly more: Readonly<Record<Way, Set<string>>>;
  /** Keys of nodes that may not be shown: their own edges were not read. */
  readonly hidden: Set<string>;
  /** Keys of nodes that are no longer there. */
  readonly gone: Set<string>;
}

export type Judge = (nodes: readonly LineageNode[]) => Promise<readonly ('shown' | 'hidden' | 'gone')[]>;

/** More are no picture: the walk stops widening there and says that there is more. */
const MOST_NODES = 300;
/** How many neighbours of a generation are looked at for some that may be shown, where not all may. */
const MOST_LOOKED_AT = 4000;

export interface WalkAsk {
  readonly root: LineageNode;
  readonly depth: Readonly<Record<Way, number>>;
  /** Edges per node and way, those that lead beyond what is shown included. */
  readonly limit: number;
  /** Whether some nodes may be hidden: then the oldest neighbours are not the ones to show. */
  readonly isPartial: boolean;
  readonly judge: Judge;
}

/**
 * Breadth first, up from the root and down from it, a generation per read: three hops are three reads and one that looks whether there
 * is more, however many nodes they meet.
 */
export async function walkLineage(ports: Pick<Ports, 'registry'>, ask: WalkAsk): Promise<Walked> {
  const walked: Walked = {
    nodes: new Map([[lineageKey(ask.root), ask.root]]),
    edges: [],
    more: { up: new Set(), down: new Set() },
    hidden: new Set(),
    gone: new Set(),
  };
  const seen = new Set<string>();
  const read = { up: new Set<string>(), down: new Set<string>() };
  for (const way of ['up', 'down'] as const) {
    await walkOneWay(ports, { ...ask, way, walked, seen, read: read[way] });
  }
  for (const way of ['up', 'down'] as const) await lookFurther(ports, { way, walked, read: read[way] });
  return walked;
}

interface OneWay extends WalkAsk {
  readonly way: Way;
  readonly walked: Walked;
  /** Keys of edges. */
  readonly seen: Set<string>;
  /** Keys of nodes whose edges of this way were read. */
  readonly read: Set<string>;
}

async function walkOneWay(ports: Pick<Ports, 'registry'>, ask: OneWay): Promise<void> {
  const { read, way } = ask;
  let generation: readonly LineageNode[] = [ask.root];
  for (let hop = 0; hop < ask.depth[way] && generation.length > 0; hop += 1) {
    for (const node of generation) read.add(lineageKey(node));
    const breadth = breadthOf(ask, generation.length);
    const edges = await ports.registry.edges({ nodes: generation, way, limit: breadth + 1 });
    generation = await widen(ask, edges, breadth);
  }
}

function breadthOf({ isPartial, limit }: OneWay, nodes: number): number {
  return isPartial ? Math.max(limit, Math.floor(MOST_LOOKED_AT / nodes)) : limit;
}

/** Draws the edges of a generation, at most `limit` to neighbours that are shown, and gives those that are new. */
async function widen(
  ask: OneWay,
  edges: readonly LineageEdge[],
  breadth: number,
): Promise<readonly LineageNode[]> {
  const { limit, walked, way } = ask;
  const fresh = await judged(ask, edges);
  const next: LineageNode[] = [];
  for (const [anchor, some] of Map.groupBy(edges, (edge) => lineageKey(near(edge, way)))) {
    if (some.length > breadth) walked.more[way].add(anchor);
    let shown = 0;
    for (const edge of some.slice(0, breadth)) {
      const node = far(edge, way);
      const key = lineageKey(node);
      const isShown = !walked.hidden.has(key) && !walked.gone.has(key);
      const isNew = isShown && !walked.nodes.has(key);
      if (isShown && (shown >= limit || (isNew && walked.nodes.size >= MOST_NODES))) {
        walked.more[way].add(anchor);
        continue;
      }
      if (isShown) shown += 1;
      if (isNew) {
        walked.nodes.set(key, node);
        if (fresh.has(key)) next.push(node);
      }
      addEdge(ask, edge);
    }
  }
  return next;
}

/** Keys of neighbours that were not met before; those that may not be shown, and those that are gone, are noted as such. */
async function judged(
  { judge, walked, way }: OneWay,
  edges: readonly LineageEdge[],
): Promise<ReadonlySet<string>> {
  const { gone, hidden, nodes } = walked;
  const fresh = new Map<string, LineageNode>();
  for (const edge of edges) {
    const node = far(edge, way);
    const key = lineageKey(node);
    if (!nodes.has(key) && !hidden.has(key) && !gone.has(key)) fresh.set(key, node);
  }
  const verdicts = await judge([...fresh.values()]);
  [...fresh.keys()].forEach((key, at) => {
    if (verdicts[at] === 'hidden') hidden.add(key);
    if (verdicts[at] === 'gone') gone.add(key);
  });
  return new Set(fresh.keys());
}

function addEdge({ seen, walked }: OneWay, edge: LineageEdge): void {
  const key = JSON.stringify([lineageKey(edge.from), lineageKey(edge.to), edge.role]);
  if (seen.has(key)) return;
  seen.add(key);
  walked.edges.push(edge);
}

/** Marks nodes that have edges which the walk did not look at: one more edge than are known is enough to tell. */
async function lookFurther(
  ports: Pick<Ports, 'registry'>,
  { read, walked, way }: Pick<OneWay, 'read' | 'walked' | 'way'>,
): Promise<void> {
  const isOpen = (key: string): boolean => !read.has(key) && !walked.hidden.has(key) && !walked.gone.has(key);
  const nodes = [...walked.nodes].filter(([key]) => isOpen(key)).map(([, node]) => node);
  if (nodes.length === 0) return;
  const known = countKnown(walked.edges, way);
  const limit = 1 + Math.max(0, ...known.values());
  const edges = await ports.registry.edges({ nodes, way, limit });
  for (const [key, some] of Map.groupBy(edges, (edge) => lineageKey(near(edge, way)))) {
    if (some.length > (known.get(key) ?? 0)) walked.more[way].add(key);
  }
}

function countKnown(edges: readonly LineageEdge[], way: Way): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const edge of edges) {
    const key = lineageKey(near(edge, way));
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return known;
}

/** The end at which one stands, and the one to which it leads. */
function near({ from, to }: LineageEdge, way: Way): LineageNode {
  return way === 'up' ? to : from;
}
function far({ from, to }: LineageEdge, way: Way): LineageNode {
  return way === 'up' ? from : to;
}
