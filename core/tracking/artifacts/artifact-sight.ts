import type { ArtifactVersion } from '#core/domain/artifact.ts';
import { Fault } from '#core/domain/fault.ts';
import type { RunId } from '#core/domain/ids.ts';
import type { LineageNode } from '#core/domain/lineage.ts';
import { forbidden } from '../access/authorise.ts';
import type { Sight } from '../answers/sight.ts';
import type { Ports } from '../ports/ports.ts';

/** Runs of one version that are looked at, each way, by whoever does not read the whole workspace. */
const MOST_RUNS = 1000;

/** A run beside a version, and what the version was to it. */
export interface RunOfArtifact {
  readonly run: RunId;
  readonly role: string;
}

/** The runs that made the version, or those that used it, oldest first. A run with two roles is there twice. */
export async function runsOfArtifact(
  { registry }: Pick<Ports, 'registry'>,
  { digest, name, type, workspace }: ArtifactVersion,
  { did, limit }: { readonly did: 'make' | 'use'; readonly limit: number },
): Promise<readonly RunOfArtifact[]> {
  const nodes: readonly LineageNode[] = [{ kind: 'artifact', workspace, type, name, digest }];
  const edges = await registry.edges({ nodes, way: did === 'make' ? 'up' : 'down', limit });
  return edges.flatMap(({ from, role, to }): RunOfArtifact[] => {
    const end = did === 'make' ? from : to;
    return end.kind === 'run' ? [{ run: end.run, role }] : [];
  });
}

/** Whether whoever asks may know of the version: one who reads the workspace of all, others of what runs of theirs made or used. */
export async function seesArtifact(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  sight: Sight,
  version: ArtifactVersion,
): Promise<boolean> {
  if (sight.isWide) return true;
  for (const did of ['make', 'use'] as const) {
    const runs = await runsOfArtifact(ports, version, { did, limit: MOST_RUNS });
    const projects = await Promise.all(runs.map(({ run }) => ports.catalog.projectOfRun(run)));
    if (projects.some((project) => project !== undefined && sight.sees({ project }))) return true;
  }
  return false;
}

interface ArtifactAddress {
  readonly type: string;
  readonly name: string;
  readonly number?: number;
}

/** One version, if whoever asks may know of it. @throws Fault `not_found`, `forbidden`. */
export async function findArtifactVersion(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  sight: Sight,
  ask: ArtifactAddress & { readonly number: number },
): Promise<ArtifactVersion> {
  const { name, number, type } = ask;
  const { workspace } = sight;
  const found = await ports.registry.artifactVersion({ workspace, type, name, number });
  if (found && (await seesArtifact(ports, sight, found))) return found;
  throw hiddenArtifact(sight, ask);
}

/** The same to whoever does not read the workspace, whether it is there or not. */
export function hiddenArtifact({ isWide }: Sight, ask: ArtifactAddress): Fault {
  return isWide ? noArtifactVersion(ask) : forbidden('run:read');
}

export function noArtifactVersion({ name, number, type }: ArtifactAddress): Fault {
  const version = number === undefined ? '' : `@v${number}`;
  return new Fault('not_found', `There is no ${type.slice(0, 64)} ${name.slice(0, 256)}${version}.`, {
    subject: 'artifact',
  });
}
