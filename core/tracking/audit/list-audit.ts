import type { AuditEntry } from '#core/domain/audit.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { AuditQuery } from '../ports/identity.ts';
import type { Ports } from '../ports/ports.ts';

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** What to ask for as `before` for the page that follows; absent on the last. */
  readonly next?: number;
}

/** The audit log, newest first. @throws Fault `forbidden`. */
export async function listAudit(
  ports: Pick<Ports, 'identity'>,
  principal: Principal,
  ask: AuditQuery,
): Promise<AuditPage> {
  authorise(principal, 'audit:read');
  const found = await ports.identity.audit({ ...ask, limit: ask.limit + 1 });
  const entries = found.slice(0, ask.limit);
  const last = entries.at(-1);
  return { entries, ...(found.length > ask.limit && last && { next: last.number }) };
}
