import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findVersion } from '../registry/find-version.ts';
import { DatasetNumbers } from './chips.ts';
import { sightOf } from './sight.ts';
import { measurementsOf } from './trend.ts';
import { showFigures, type ShownFigure } from './version-rows.ts';

/** Measurements of a version, newest first, runs that evaluate it included if they may be read. @throws Fault `not_found`, `forbidden`. */
export async function listEvaluations(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  principal: Principal,
  ask: {
    readonly workspace: WorkspaceId;
    readonly model: string;
    readonly version: string;
    readonly metric?: string;
    readonly environment?: string;
    /** Milliseconds UTC. */
    readonly since?: number;
    readonly limit: number;
  },
): Promise<readonly ShownFigure[]> {
  const { metric, workspace, ...rest } = ask;
  const { version } = await findVersion(ports, principal, ask);
  const sight = await sightOf(ports, principal, workspace);
  const [figures = []] = await measurementsOf(ports, sight, {
    ...rest,
    of: [{ version, ...(metric !== undefined && { metric }) }],
  });
  return showFigures(ports, sight, { numbers: new DatasetNumbers(ports, workspace), figures });
}
