import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { RunId } from '#core/domain/ids.ts';
import type { LineageNode } from '#core/domain/lineage.ts';
import type { Sight } from '../answers/sight.ts';
import type { Ports } from '../ports/ports.ts';

/** Runs of one version that are looked at, each way, by whoever does not read the whole workspace. */
const MOST_RUNS = 1000;

/** Whether whoever asks may know of the version: one who reads the workspace of all, others of what runs of theirs made or used. */
export async function seesArtifact(
  { catalog, registry }: Pick<Ports, 'catalog' | 'registry'>,
  sight: Sight,
  version: ArtifactVersion,
): Promise<boolean> {
  if (sight.isWide) return true;
  const { digest, name, type, workspace } = version;
  const nodes: readonly LineageNode[] = [{ kind: 'artifact', workspace, type, name, digest }];
  for (const way of ['up', 'down'] as const) {
    const edges = await registry.edges({ nodes, way, limit: MOST_RUNS });
    const runs = edges.flatMap(({ from, to }): RunId[] => {
      const end = way === 'up' ? from : to;
      return end.kind === 'run' ? [end.run] : [];
    });
    const projects = await Promise.all(runs.map((run) => catalog.projectOfRun(run)));
    if (projects.some((project) => project !== undefined && sight.sees({ project }))) return true;
  }
  return false;
}
