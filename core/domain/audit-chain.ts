import { canonicalAudit, FIRST_PREVIOUS, type AuditEntry } from './audit.ts';

export interface AuditVerdict {
  /** Entries that were read. */
  readonly entries: number;
  readonly isIntact: boolean;
  /** The number of the first entry that was changed, dropped or slipped in. */
  readonly brokenAt?: number;
}

/** Whether entries, first to last, are one unbroken chain; stops at the first that is not. @param hash SHA-256 in hexadecimal digits. */
export async function checkChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  hash: (text: string) => string,
): Promise<AuditVerdict> {
  let count = 0;
  let previous = FIRST_PREVIOUS;
  for await (const entry of entries) {
    const isNext = entry.number === count + 1 && entry.previous === previous;
    if (!isNext || hash(canonicalAudit(entry)) !== entry.hash) {
      return { entries: count, isIntact: false, brokenAt: count + 1 };
    }
    count += 1;
    previous = entry.hash;
  }
  return { entries: count, isIntact: true };
}
