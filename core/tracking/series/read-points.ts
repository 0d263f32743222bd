import type { RunId } from '#core/domain/ids.ts';
import type { PointColumns } from '#core/domain/point.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from '../runs/find-run.ts';

/** All points of a run's metric, ascending by (step, time, value), exact repetitions once. @throws Fault `not_found` (run), `forbidden`. */
export async function readPoints(
  ports: Pick<Ports, 'catalog' | 'series'>,
  principal: Principal,
  ask: { readonly run: RunId; readonly metric: string },
): Promise<PointColumns> {
  const run = await findRun(ports, principal, { run: ask.run });
  return ports.series.read({ owner: { kind: 'run', run: run.id }, metric: ask.metric });
}
