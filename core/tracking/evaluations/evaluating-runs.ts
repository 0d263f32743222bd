import type { LineageNode } from '#core/domain/lineage.ts';
import { lineageKey } from '#core/domain/lineage.ts';
import type { ModelVersion } from '#core/domain/registry.ts';
import type { Run } from '#core/domain/run.ts';
import type { Ports } from '../ports/ports.ts';

/** Role of the edges from a version to the runs that evaluate it. */
const EVALUATES = 'evaluates';

/** Runs that say by the tag `cairn.evaluates` that they evaluate a version, and that are not deleted. Newest first. @param limit runs per version. */
export async function evaluatingRuns(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  versions: readonly ModelVersion[],
  limit: number,
): Promise<ReadonlyMap<ModelVersion, readonly Run[]>> {
  const byKey = new Map(versions.map((version) => [lineageKey(nodeOf(version)), version]));
  const nodes = versions.map(nodeOf);
  const edges = await ports.registry.edges({ nodes, way: 'down', limit, newestOf: EVALUATES });
  const found = new Map<ModelVersion, Run[]>();
  for (const { from, to } of edges) {
    if (to.kind !== 'run') continue;
    const version = byKey.get(lineageKey(from));
    const run = await ports.catalog.run(to.run);
    if (!version || !run || run.deletedAt !== undefined) continue;
    const ofVersion = found.get(version) ?? [];
    ofVersion.push(run);
    found.set(version, ofVersion);
  }
  return found;
}

function nodeOf({ model, number }: ModelVersion): LineageNode {
  return { kind: 'version', model, number };
}
