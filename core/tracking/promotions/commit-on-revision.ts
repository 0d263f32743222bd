import { Fault } from '#core/domain/fault.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';

/** Something was decided on what was read; when that changed until the commit, it is read again, so often. */
const ROUNDS = 10;

/**
 * Commits what `decide` makes of what it reads, with the revision that it read, until that is still the model's.
 * @throws what `decide` throws; Fault `unavailable` when the model changes too fast.
 */
export async function commitOnRevision<Decision extends { readonly changes: readonly Change[] }>(
  ports: Pick<Ports, 'writer' | 'clock'>,
  principal: Principal,
  decide: () => Promise<Decision>,
): Promise<Decision> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const decision = await decide();
    if (await isCommitted(ports, principal, decision.changes)) return decision;
  }
  throw new Fault('unavailable', 'The model changes too fast for this to be decided. Ask again.', {
    retryAfterSeconds: 1,
  });
}

/** False when the model's revision is no longer the one that was decided on. */
async function isCommitted(
  ports: Pick<Ports, 'writer' | 'clock'>,
  principal: Principal,
  changes: readonly Change[],
): Promise<boolean> {
  if (changes.length === 0) return true;
  try {
    await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
    return true;
  } catch (error) {
    const isOutdated =
      error instanceof Fault && error.code === 'conflict' && error.details.reason === 'wrong-state';
    if (isOutdated) return false;
    throw error;
  }
}
