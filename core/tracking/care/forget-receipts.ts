import { SYSTEM } from '#core/domain/actor.ts';
import type { Ports } from '../ports/ports.ts';

/** A client that repeats a request does so within hours; wandb's gives up after seven days. */
export const RECEIPT_LIFE_MS = 7 * 24 * 60 * 60 * 1000;
const AT_ONCE = 1000;
/** Steps of one call; what is left waits for the next. */
const MOST_STEPS = 1000;

/** Forgets idempotency keys that were first seen longer ago, in steps between which others commit. */
export async function forgetReceipts(
  { writer, clock, catalog }: Pick<Ports, 'writer' | 'clock' | 'catalog'>,
  { lifeMs = RECEIPT_LIFE_MS }: { readonly lifeMs?: number } = {},
): Promise<void> {
  const before = clock.now() - lifeMs;
  for (let step = 0; step < MOST_STEPS && (await catalog.hasReceipts({ before })); step += 1) {
    const change = { kind: 'forget-receipts', before, limit: AT_ONCE } as const;
    await writer.commit({ actor: SYSTEM, at: clock.now(), changes: [change] });
  }
}
