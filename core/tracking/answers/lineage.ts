import { Fault } from '#core/domain/fault.ts';
import { runId, type WorkspaceId } from '#core/domain/ids.ts';
import { lineageKey, parseLineageKey, type LineageNode } from '#core/domain/lineage.ts';
import { forbidden } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findVersion } from '../registry/find-version.ts';
import { LineageThings, type LineageThing } from './lineage-things.ts';
import { walkLineage, type Walked } from './lineage-walk.ts';
import { sightOf, type Sight } from './sight.ts';

export interface LineagePoint {
  /** Of a hidden one a text that says nothing. */
  readonly key: string;
  /** Absent when it is hidden. */
  readonly thing?: LineageThing;
  /** Edges were left out. */
  readonly moreUp: boolean;
  readonly moreDown: boolean;
}

export interface Lineage {
  readonly root: string;
  /** The root first. */
  readonly points: readonly LineagePoint[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly role: string }[];
}

export interface LineageAsk {
  readonly workspace: WorkspaceId;
  /** `version NAME@3`, `version NAME@alias`, `run ID`, `dataset NAME@2`, or a node's key. */
  readonly root: string;
  /** Hops. */
  readonly up: number;
  readonly down: number;
  /** Edges per node and way. */
  readonly limit: number;
}

type Needs = Pick<Ports, 'registry' | 'catalog'>;

/**
 * What a thing came from and what came of it. Beyond what may not be read nothing is followed: neighbours of one node that are
 * hidden show as one node, so that nobody counts them. @throws Fault `invalid` (root), `not_found`, `forbidden`.
 */
export async function findLineage(ports: Needs, principal: Principal, ask: LineageAsk): Promise<Lineage> {
  const sight = await sightOf(ports, principal, ask.workspace);
  const root = await rootOf(ports, principal, sight, ask);
  const things = new LineageThings(ports, sight);
  const [verdict] = await things.judge([root]);
  if (verdict !== 'shown') throw notThere(sight, ask.root);
  const { down, limit, up } = ask;
  const walked = await walkLineage(ports, {
    root,
    depth: { up, down },
    limit,
    isPartial: !sight.isWide,
    judge: things.judge,
  });
  return drawn(walked, things, lineageKey(root));
}

function drawn(walked: Walked, things: LineageThings, root: string): Lineage {
  const { gone, hidden, more, nodes } = walked;
  const edges: Lineage['edges'][number][] = [];
  const veils = new Map<string, string>();
  /** One stand-in for all that is hidden at a node, in one way and role. */
  const veil = (anchor: string): string => {
    const known = veils.get(anchor) ?? `hidden:${veils.size + 1}`;
    veils.set(anchor, known);
    return known;
  };
  const drawnEdges = new Set<string>();
  for (const edge of walked.edges) {
    const { role } = edge;
    let from = lineageKey(edge.from);
    let to = lineageKey(edge.to);
    if (gone.has(from) || gone.has(to)) continue;
    if (hidden.has(from)) from = veil(`${to} up ${role}`);
    else if (hidden.has(to)) to = veil(`${from} down ${role}`);
    const key = JSON.stringify([from, to, role]);
    if (!drawnEdges.has(key)) edges.push({ from, to, role });
    drawnEdges.add(key);
  }
  const shown = [...nodes.keys()].flatMap((key): LineagePoint[] => {
    const thing = things.of(key);
    return thing ? [{ key, thing, moreUp: more.up.has(key), moreDown: more.down.has(key) }] : [];
  });
  const covered = [...veils.values()].map((key) => ({ key, moreUp: false, moreDown: false }));
  return { root, points: [...shown, ...covered], edges };
}

async function rootOf(
  ports: Needs,
  principal: Principal,
  sight: Sight,
  { root }: LineageAsk,
): Promise<LineageNode> {
  const { workspace } = sight;
  const [, noun, rest = ''] = /^(version|run|dataset) (.+)$/.exec(root) ?? [];
  if (noun === 'run') return { kind: 'run', run: runId(rest) };
  if (noun === undefined) {
    const node = parseLineageKey(root);
    if (node) return node;
    throw new Fault(
      'invalid',
      `Nothing starts at '${root.slice(0, 200)}': say version NAME@3, run ID or dataset NAME@2.`,
      {
        field: 'root',
      },
    );
  }
  // A name may hold an @.
  const at = rest.lastIndexOf('@');
  const name = at < 0 ? rest : rest.slice(0, at);
  const which = at < 0 ? '' : rest.slice(at + 1);
  if (noun === 'version') {
    const isPlain = /^(\d+|latest)$/i.test(which);
    const version = which === '' ? 'latest' : isPlain ? which : `@${which}`;
    const found = await findVersion(ports, principal, { workspace, model: name, version });
    return { kind: 'version', model: found.model.id, number: found.version.number };
  }
  const number = /^v?(\d{1,9})$/.exec(which)?.[1];
  if (number === undefined) {
    throw new Fault('invalid', `Which version of the dataset? Say dataset ${name}@2.`, { field: 'root' });
  }
  const ask = { workspace, type: 'dataset', name, number: Number(number) };
  const artifact = await ports.registry.artifactVersion(ask);
  if (!artifact) throw notThere(sight, root);
  return { kind: 'artifact', workspace, type: 'dataset', name, digest: artifact.digest };
}

/** The same to whoever does not read the workspace, whether it is there or not. */
function notThere({ isWide }: Sight, root: string): Fault {
  if (!isWide) return forbidden('registry:read');
  return new Fault('not_found', `Nothing is known of '${root.slice(0, 200)}'.`, { subject: 'lineage' });
}
