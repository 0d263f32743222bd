// Lineage. A node is its `lineageKey`, but an artifact version is the number of its row: its names are long, have two
// databases' ways of being quoted, and a million edges repeat them.
import { sql } from 'kysely';
import { lineageKey, parseLineageKey, type LineageEdge, type LineageNode } from '#core/domain/lineage.ts';
import type { ManifestDigest, RunId, WorkspaceId } from '#core/domain/ids.ts';
import type { RegistryReader } from '#core/tracking/ports/registry.ts';
import type { Connection } from '#storage/sql/connection.ts';
import type { Applying } from '../applying.ts';
import { inBatches } from '../staged-rows.ts';
import type { CatalogDb } from '../tables.ts';
import type { LineageEdgeTable } from './schema/registry-tables.ts';

type Artifact = Extract<LineageNode, { kind: 'artifact' }>;
type Thing = Exclude<LineageNode, Artifact>;

/** Of an edge that exists nothing changes. */
export async function addEdge(
  { later, at }: Pick<Applying, 'later' | 'at'>,
  edge: { readonly from: Thing; readonly to: Thing; readonly role: string },
): Promise<void> {
  const row = { source: lineageKey(edge.from), target: lineageKey(edge.to), role: edge.role, at };
  await later
    .insertInto('lineage_edge')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** From an artifact version that was seen. */
export async function addUse(
  { later, at }: Pick<Applying, 'later' | 'at'>,
  { from, to, role }: { readonly from: Artifact; readonly to: Thing; readonly role: string },
): Promise<void> {
  await sql`
    INSERT INTO lineage_edge (source, target, role, at)
    SELECT 'a:' || id, ${lineageKey(to)}, ${role}, CAST(${at} AS BIGINT) FROM artifact_version
    WHERE workspace = ${from.workspace} AND type = ${from.type} AND name = ${from.name} AND digest = ${from.digest}
    ON CONFLICT DO NOTHING
  `.execute(later);
}

/** To an artifact version that was seen. */
export async function addMade(
  { later, at }: Pick<Applying, 'later' | 'at'>,
  { from, to, role }: { readonly from: Thing; readonly to: Artifact; readonly role: string },
): Promise<void> {
  await sql`
    INSERT INTO lineage_edge (source, target, role, at)
    SELECT ${lineageKey(from)}, 'a:' || id, ${role}, CAST(${at} AS BIGINT) FROM artifact_version
    WHERE workspace = ${to.workspace} AND type = ${to.type} AND name = ${to.name} AND digest = ${to.digest}
    ON CONFLICT DO NOTHING
  `.execute(later);
}

/** What a run used and made is no longer told. @returns the manifests of artifact versions that it was told with. */
export async function forgetRunEdges(
  { db, later }: Applying,
  run: RunId,
): Promise<readonly ManifestDigest[]> {
  const key = lineageKey({ kind: 'run', run });
  const made = db.selectFrom('lineage_edge').select('target as end').where('source', '=', key);
  const used = db.selectFrom('lineage_edge').select('source as end').where('target', '=', key);
  const ends = await made.union(used).execute();
  const sealed = new Set<ManifestDigest>();
  for (const ids of inBatches(
    ends.flatMap(({ end }) => (end.startsWith('a:') ? [Number(end.slice(2))] : [])),
  )) {
    const rows = await db
      .selectFrom('artifact_version as a')
      .innerJoin('manifest', 'manifest.digest', 'a.digest')
      .select('manifest.digest')
      .where('a.id', 'in', ids)
      .execute();
    for (const { digest } of rows) sealed.add(digest as ManifestDigest);
  }
  await later.deleteFrom('lineage_edge').where('source', '=', key).execute();
  await later.deleteFrom('lineage_edge').where('target', '=', key).execute();
  return [...sealed];
}

/** Whether anything still came to, or came from, an artifact version of this content. */
export async function isContentTold(db: CatalogDb, digest: string): Promise<boolean> {
  const versions = await db
    .selectFrom('artifact_version')
    .select('id')
    .where('digest', '=', digest)
    .execute();
  for (const keys of inBatches(versions.map(({ id }) => `a:${id}`))) {
    const query = db
      .selectFrom('lineage_edge')
      .select('role')
      .where((where) => where.or([where('source', 'in', keys), where('target', 'in', keys)]));
    if (await query.limit(1).executeTakeFirst()) return true;
  }
  return false;
}

/** Node by node in the order of the ask. */
export async function edgesAt(
  { db, dialect }: { readonly db: CatalogDb; readonly dialect: Connection['dialect'] },
  { nodes, way, limit, newestOf }: Parameters<RegistryReader['edges']>[0],
): Promise<readonly LineageEdge[]> {
  const asked = new Map(nodes.map((node) => [lineageKey(node), node]));
  const keys = await keysOf(db, asked);
  const rows: LineageEdgeTable[] = [];
  for (const some of inBatches([...keys.values()])) {
    rows.push(...(await edgesBeside(db, some, { dialect, way, limit, newestOf })));
  }
  const nodesAt = await nodesWith(db, rows);
  const edges = rows.flatMap(({ source, target, role, at }): Keyed[] => {
    const [from, to] = [nodesAt(source), nodesAt(target)];
    if (!from || !to) return [];
    return [{ edge: { from, to, role, at }, from: lineageKey(from), to: lineageKey(to) }];
  });
  const byNode = Map.groupBy(edges, ({ from, to }) => (way === 'up' ? to : from));
  return [...asked.keys()].flatMap((key) => {
    const ordered = (byNode.get(key) ?? []).toSorted(byAge);
    const found =
      newestOf === undefined ? ordered : ordered.filter(({ edge }) => edge.role === newestOf).toReversed();
    return found.slice(0, limit).map(({ edge }) => edge);
  });
}

interface Keyed {
  readonly edge: LineageEdge;
  readonly from: string;
  readonly to: string;
}

/** Of one time by what they say. */
function byAge(a: Keyed, b: Keyed): number {
  return (
    a.edge.at - b.edge.at || byText(a.from, b.from) || byText(a.to, b.to) || byText(a.edge.role, b.edge.role)
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** A dataset may lead to every run there is, or be made by each, so a node's edges end at the limit within the database. */
async function edgesBeside(
  db: CatalogDb,
  keys: readonly string[],
  {
    dialect,
    limit,
    newestOf,
    way,
  }: {
    readonly dialect: Connection['dialect'];
    readonly way: 'up' | 'down';
    readonly limit: number;
    readonly newestOf: string | undefined;
  },
): Promise<readonly LineageEdgeTable[]> {
  const wanted = sql.join(keys.map((key) => sql`(${key})`));
  const [near, far] = way === 'up' ? ['target', 'source'] : ['source', 'target'];
  const [there, other] = [sql.ref(`e.${near}`), sql.ref(`e.${far}`)];
  const those =
    newestOf === undefined
      ? sql`ORDER BY e.at, ${other}, e.role`
      : sql`AND e.role = ${newestOf} ORDER BY e.at DESC, ${other} DESC`;
  const first = sql`FROM lineage_edge AS e WHERE ${there} = wanted.key ${those} LIMIT ${limit}`;
  const query =
    dialect === 'postgres'
      ? sql<LineageEdgeTable>`SELECT edge.* FROM (VALUES ${wanted}) AS wanted (key)
          CROSS JOIN LATERAL (SELECT e.source, e.target, e.role, e.at ${first}) AS edge`
      : sql<LineageEdgeTable>`WITH wanted (key) AS (VALUES ${wanted})
          SELECT edge.source, edge.target, edge.role, edge.at FROM wanted CROSS JOIN lineage_edge AS edge
          WHERE ${sql.ref(`edge.${near}`)} = wanted.key AND ${sql.ref(`edge.${far}`)} IN (SELECT ${other} ${first})`;
  return (await query.execute(db)).rows;
}

/** Keys as they are stored, by the keys that were asked for; an artifact version that is not there has none. */
async function keysOf(
  db: CatalogDb,
  asked: ReadonlyMap<string, LineageNode>,
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const [key, node] of asked) {
    const stored = node.kind === 'artifact' ? await artifactKey(db, node) : key;
    if (stored !== undefined) keys.set(key, stored);
  }
  return keys;
}

async function artifactKey(db: CatalogDb, node: Artifact): Promise<string | undefined> {
  const row = await db
    .selectFrom('artifact_version')
    .select('id')
    .where('workspace', '=', node.workspace)
    .where('type', '=', node.type)
    .where('name', '=', node.name)
    .where('digest', '=', node.digest)
    .executeTakeFirst();
  return row && `a:${row.id}`;
}

/** Reads stored keys, artifact versions of all rows at once. */
async function nodesWith(
  db: CatalogDb,
  rows: readonly LineageEdgeTable[],
): Promise<(key: string) => LineageNode | undefined> {
  const ids = new Set<number>();
  for (const { source, target } of rows) {
    for (const key of [source, target]) if (key.startsWith('a:')) ids.add(Number(key.slice(2)));
  }
  const artifacts = new Map<string, Artifact>();
  for (const some of inBatches([...ids])) {
    const query = db.selectFrom('artifact_version').select(['id', 'workspace', 'type', 'name', 'digest']);
    for (const { id, workspace, type, name, digest } of await query.where('id', 'in', some).execute()) {
      artifacts.set(`a:${id}`, { kind: 'artifact', workspace: workspace as WorkspaceId, type, name, digest });
    }
  }
  return (key) => (key.startsWith('a:') ? artifacts.get(key) : parseLineageKey(key));
}
