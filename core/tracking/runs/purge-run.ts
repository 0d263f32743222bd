import type { RunId } from '#core/domain/ids.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from './find-run.ts';

/**
 * Removes a deleted run for good, with its files, its points and the deleted models that it saved.
 * @throws Fault `not_found`, `forbidden`, `invalid` unless it is deleted.
 */
export async function purgeRun(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  { run }: { readonly run: RunId },
): Promise<void> {
  await findRun(ports, principal, { run, permission: 'run:purge' });
  const note = audited(principal, { action: 'run.purged', subject: `run ${run}` });
  const changes = [{ kind: 'purge-run', run } as const, note];
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
}
