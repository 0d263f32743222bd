import type { RunId } from '#core/domain/ids.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from './find-run.ts';

/** Removes a tag (setting one is `logBatch`). @throws Fault `not_found` also for the key, `forbidden`, `invalid` when deleted. */
export async function untagRun(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: { readonly run: RunId; readonly key: string },
): Promise<void> {
  await findRun(ports, principal, { run: ask.run, permission: 'run:write' });
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'delete-tag', run: ask.run, key: ask.key }],
  });
}
