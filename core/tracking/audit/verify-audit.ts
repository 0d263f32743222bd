import { canonicalAudit, FIRST_PREVIOUS, type AuditEntry } from '#core/domain/audit.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

export interface AuditVerdict {
  /** Entries that were read. */
  readonly entries: number;
  readonly isIntact: boolean;
  /** The number of the first entry that was changed, dropped or slipped in. */
  readonly brokenAt?: number;
}

/** Recomputes the chain of the audit log. Entries cut off at its end leave a chain that fits: keep a copy of its last hash elsewhere. @throws Fault `forbidden`. */
export async function verifyAudit(
  ports: Pick<Ports, 'identity' | 'secrets'>,
  principal: Principal,
): Promise<AuditVerdict> {
  authorise(principal, 'audit:read');
  return checkChain(ports.identity.auditTrail(), (text) => ports.secrets.hash(text));
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
