import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Store } from '#core/tracking/ports/ports.ts';
import type { RunSearch } from '#core/tracking/ports/readers.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { answers, COMPARED_AT } from './model-comparison.ts';
import { commits, FIRST_COMMIT, searches } from './searches.ts';
import type { MakeStore } from './specify.ts';

/** Property: every search finds what core/query's evaluator finds among all runs, in its order, between any commits. */
export function searchComparison(name: string, makeStore: MakeStore, cases = 100): void {
  test(`${name}: finds runs as the evaluator does, between any commits`, { timeout: 120_000 }, async () => {
    const rounds = fc.array(fc.record({ commits, searches }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const store = await makeStore();
        const model = memoryStore({ createdAt: COMPARED_AT });
        try {
          for (const round of [{ commits: [FIRST_COMMIT], searches: [] }, ...all]) {
            expect(await answers(store, round.commits)).toEqual(await answers(model, round.commits));
            const found = await Promise.all(round.searches.map((search) => find(store, search)));
            expect(found).toEqual(await Promise.all(round.searches.map((search) => find(model, search))));
          }
        } finally {
          await store.close();
        }
      }),
      { numRuns: cases },
    );
  });
}

/** The sequences of points that share a group are the engine's. */
async function find({ catalog }: Store, search: RunSearch): Promise<unknown> {
  const { items, total, start } = await catalog.searchRuns(search);
  return { items: items.map((run) => ({ ...run, sequence: 0 })), total, start };
}
