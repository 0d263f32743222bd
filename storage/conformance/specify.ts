import { test } from 'vitest';
import type { Store } from '#core/tracking/ports/ports.ts';

/** Gives an empty store at each call. */
export type MakeStore = () => Promise<Store>;

/** `test` over a store that is made before and closed after, whatever happens. */
export function specify(makeStore: MakeStore) {
  return (sentence: string, body: (store: Store) => Promise<void>): void => {
    // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect
    test(sentence, async () => {
      const store = await makeStore();
      try {
        await body(store);
      } finally {
        await store.close();
      }
    });
  };
}
