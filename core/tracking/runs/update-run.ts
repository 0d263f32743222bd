import type { RunId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import { assertRunActive, isEnded, type Run, type RunStatus } from '#core/domain/run.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from './find-run.ts';

export interface UpdateRun {
  readonly run: RunId;
  readonly name?: string;
  readonly status?: RunStatus;
  /** Milliseconds UTC; null clears it; absent: now when the run ends, cleared when it runs again. */
  readonly endedAt?: number | null;
}

/**
 * Renames a run or moves its status. A run that ended may run again. When it ends it keeps the objective in force.
 * @throws Fault `not_found`, `forbidden`, `invalid` when deleted.
 */
export async function updateRun(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: UpdateRun,
): Promise<Run> {
  const run = await findRun(ports, principal, { run: ask.run, permission: 'run:write' });
  assertRunActive(run);
  if (ask.name !== undefined) assertText('run_name', ask.name);
  const now = ports.clock.now();
  const ends = ask.status !== undefined && isEnded(ask.status);
  // A clock that was set back makes no run of a negative length.
  const end = run.endedAt ?? Math.max(now, run.startedAt);
  const impliedEnd = ask.status === undefined ? undefined : ends ? end : null;
  const endedAt = ask.endedAt === undefined ? impliedEnd : ask.endedAt;
  await ports.writer.commit({
    actor: actorOf(principal),
    at: now,
    changes: [
      {
        kind: 'update-run',
        run: run.id,
        ...(ask.name !== undefined && { name: ask.name }),
        ...(ask.status !== undefined && { status: ask.status }),
        ...(endedAt !== undefined && { endedAt }),
      },
    ],
  });
  return findRun(ports, principal, { run: ask.run });
}
