import type { AuditNote } from '#core/domain/audit.ts';
import type { Principal } from '../access/principal.ts';
import type { AuditChange } from '../ports/identity-change.ts';

/** The note of what is done in the same commit, with the address of who asked for it, and the key that spoke for him. */
export function audited(
  { address, limit }: Pick<Principal, 'address' | 'limit'>,
  note: Pick<AuditNote, 'action' | 'subject'> & Partial<Pick<AuditNote, 'details'>>,
): AuditChange {
  const details = { ...note.details, ...(limit?.key !== undefined && { key: limit.key }) };
  return {
    kind: 'record-audit',
    note: { ...note, details, ...(address !== undefined && { address }) },
  };
}
