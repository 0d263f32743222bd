import type { ArtifactRef, ArtifactVersion } from '#core/domain/artifact.ts';
import type { ManifestDigest } from '#core/domain/ids.ts';
import { lineageKey, type LineageEdge } from '#core/domain/lineage.ts';
import type { RegistryReader } from '#core/tracking/ports/registry.ts';
import type { ArtifactRow, State } from './state.ts';

/** The newest version of each name, by name. */
export function artifactsIn(
  state: State,
  { workspace, type }: Parameters<RegistryReader['artifacts']>[0],
): readonly ArtifactVersion[] {
  const newest = new Map<string, ArtifactRow>();
  for (const row of state.artifacts.values()) {
    if (row.workspace !== workspace || row.type !== type) continue;
    if (row.number > (newest.get(row.name)?.number ?? 0)) newest.set(row.name, row);
  }
  const rows = [...newest.values()].toSorted((a, b) => byText(a.name, b.name));
  return rows.map((row) => withManifest(state, row));
}

/** By number. */
export function artifactVersionsOf(
  state: State,
  { workspace, type, name }: ArtifactRef,
): readonly ArtifactVersion[] {
  return state.artifacts
    .values()
    .filter((row) => row.workspace === workspace && row.type === type && row.name === name)
    .map((row) => withManifest(state, row))
    .toArray()
    .toSorted((a, b) => a.number - b.number);
}

/** Node by node, oldest first. */
export function edgesAt(
  state: State,
  { nodes, way, limit, newestOf }: Parameters<RegistryReader['edges']>[0],
): readonly LineageEdge[] {
  const near = way === 'up' ? 'to' : 'from';
  const keys = [...new Set(nodes.map(lineageKey))];
  return keys.flatMap((key) => {
    const found = state.edges.values().filter((edge) => lineageKey(edge[near]) === key);
    const ordered = found.toArray().toSorted(byAge);
    if (newestOf === undefined) return ordered.slice(0, limit);
    return ordered
      .filter(({ role }) => role === newestOf)
      .toReversed()
      .slice(0, limit);
  });
}

/** A manifest goes when all that it was sealed for is purged; the version stays. */
function withManifest(state: State, row: ArtifactRow): ArtifactVersion {
  const manifest = row.digest as ManifestDigest;
  return state.manifests.has(manifest) ? { ...row, manifest } : row;
}

/** Of one time by what they say. */
function byAge(a: LineageEdge, b: LineageEdge): number {
  return (
    a.at - b.at ||
    byText(lineageKey(a.from), lineageKey(b.from)) ||
    byText(lineageKey(a.to), lineageKey(b.to)) ||
    byText(a.role, b.role)
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
