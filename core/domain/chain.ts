/** What a row of a chain must have, whatever else it says. */
export interface ChainEntry {
  /** 1, 2, 3 … */
  readonly number: number;
  readonly previous: string;
  readonly hash: string;
}

export interface ChainVerdict {
  /** Entries that were read. */
  readonly entries: number;
  readonly isIntact: boolean;
  /** The number of the first entry that was changed, dropped or slipped in. */
  readonly brokenAt?: number;
}

/** What stands before the first row. */
export const FIRST_PREVIOUS = '0'.repeat(64);

/** How the hash of a row comes about: SHA-256 in hexadecimal digits of its canonical text. */
export interface ChainHash<Entry> {
  readonly canonical: (entry: Entry) => string;
  readonly hash: (text: string) => string;
}

/** Whether entries, first to last, are one unbroken chain; stops at the first that is not. */
export async function checkChain<Entry extends ChainEntry>(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  { canonical, hash }: ChainHash<Entry>,
): Promise<ChainVerdict> {
  let count = 0;
  let previous = FIRST_PREVIOUS;
  for await (const entry of entries) {
    const isNext = entry.number === count + 1 && entry.previous === previous;
    if (!isNext || hash(canonical(entry)) !== entry.hash) {
      return { entries: count, isIntact: false, brokenAt: count + 1 };
    }
    count += 1;
    previous = entry.hash;
  }
  return { entries: count, isIntact: true };
}
