import type { RunId } from '#core/domain/ids.ts';
import type { PointColumns } from '#core/domain/point.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

export interface RunPoints {
  readonly run: RunId;
  readonly points: PointColumns;
}

/**
 * One metric of several runs, in the order asked and one run in memory at a time: whoever has enough stops asking.
 * Runs that are missing or hidden from the principal are left out.
 */
export async function* readPointsOfRuns(
  ports: Pick<Ports, 'catalog' | 'series'>,
  principal: Principal,
  ask: { readonly runs: readonly RunId[]; readonly metric: string },
): AsyncGenerator<RunPoints, void, undefined> {
  for (const id of new Set(ask.runs)) {
    const run = await ports.catalog.run(id);
    const project = run && (await ports.catalog.project(run.project));
    if (!project || !may(principal, 'run:read', { project: project.id, workspace: project.workspace }))
      continue;
    const points = await ports.series.read({ owner: { kind: 'run', run: id }, metric: ask.metric });
    yield { run: id, points };
  }
}
