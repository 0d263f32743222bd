/** Waiting for the disk is most of the work on small files, so several are in hand; few enough for any memory. */
const AT_ONCE = 8;

/** Does the work for each item, several at a time; the first failure ends it once those in hand have ended. */
export async function forEachAtOnce<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (!failure) {
      const next = iterator.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  iterator.return?.();
  if (failure) throw failure.error;
}
