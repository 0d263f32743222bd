import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Principal } from '../access/principal.ts';
import { sightOf, type Sight } from '../answers/sight.ts';
import type { Ports } from '../ports/ports.ts';
import { hiddenArtifact, seesArtifact } from './artifact-sight.ts';

type Needs = Pick<Ports, 'catalog' | 'registry'>;

/** A name with its newest version, of those that whoever asks may know of. */
export interface ArtifactRow {
  readonly latest: ArtifactVersion;
  readonly versions: number;
}

/** The artifacts of a type, last made first. @returns `isMore` when there are others beyond the limit. */
export async function listArtifacts(
  ports: Needs,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly type: string; readonly limit: number },
): Promise<{ readonly rows: readonly ArtifactRow[]; readonly isMore: boolean }> {
  const { limit, type, workspace } = ask;
  const sight = await sightOf(ports, principal, workspace);
  if (!sight.isWide && sight.projects.size === 0) return { rows: [], isMore: false };
  const all = await ports.registry.artifacts({ workspace, type });
  const rows: ArtifactRow[] = [];
  for (const latest of all.toSorted((a, b) => b.createdAt - a.createdAt)) {
    if (rows.length > limit) break;
    // Numbers are given without a gap, so the newest one's says how many there are.
    if (sight.isWide) rows.push({ latest, versions: latest.number });
    else rows.push(...rowOf(await knownVersions(ports, sight, latest)));
  }
  const newestFirst = rows.toSorted((a, b) => b.latest.createdAt - a.latest.createdAt);
  return { rows: newestFirst.slice(0, limit), isMore: rows.length > limit };
}

function rowOf(versions: readonly ArtifactVersion[]): readonly ArtifactRow[] {
  const latest = versions.at(-1);
  return latest ? [{ latest, versions: versions.length }] : [];
}

/** The versions of an artifact, newest first. @throws Fault `not_found`, `forbidden`. */
export async function listArtifactVersions(
  ports: Needs,
  principal: Principal,
  ask: {
    readonly workspace: WorkspaceId;
    readonly type: string;
    readonly name: string;
    readonly limit: number;
  },
): Promise<{ readonly versions: readonly ArtifactVersion[]; readonly total: number }> {
  const sight = await sightOf(ports, principal, ask.workspace);
  const known = await knownVersions(ports, sight, ask);
  if (known.length === 0) throw hiddenArtifact(sight, ask);
  return { versions: known.toReversed().slice(0, ask.limit), total: known.length };
}

/** By number ascending. */
async function knownVersions(
  ports: Needs,
  sight: Sight,
  { name, type }: { readonly type: string; readonly name: string },
): Promise<readonly ArtifactVersion[]> {
  const all = await ports.registry.artifactVersions({ workspace: sight.workspace, type, name });
  if (sight.isWide) return all;
  const known: ArtifactVersion[] = [];
  for (const version of all) if (await seesArtifact(ports, sight, version)) known.push(version);
  return known;
}
