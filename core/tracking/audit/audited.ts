import type { AuditNote } from '#core/domain/audit.ts';
import type { Principal } from '../access/principal.ts';
import type { AuditChange } from '../ports/identity-change.ts';

/** The note of what is done in the same commit, with the address of who asked for it. */
export function audited(
  { address }: Pick<Principal, 'address'>,
  note: Pick<AuditNote, 'action' | 'subject'> & Partial<Pick<AuditNote, 'details'>>,
): AuditChange {
  return {
    kind: 'record-audit',
    note: { details: {}, ...note, ...(address !== undefined && { address }) },
  };
}
