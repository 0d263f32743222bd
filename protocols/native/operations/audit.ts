import { listAudit } from '#core/tracking/audit/list-audit.ts';
import { verifyAudit } from '#core/tracking/audit/verify-audit.ts';
import type { Operations } from '../operation.ts';
import { presentEntry } from '../present-identity.ts';

export const auditOperations: Pick<Operations, 'listAudit' | 'verifyAudit'> = {
  listAudit: async ({ ports, principal, query: { before, limit, action, actor } }) => {
    const { entries, next } = await listAudit(ports, principal, {
      limit,
      ...(before !== undefined && { before }),
      ...(action !== undefined && { action }),
      ...(actor !== undefined && { actor }),
    });
    return { entries: entries.map(presentEntry), ...(next !== undefined && { next }) };
  },

  verifyAudit: async ({ ports, principal }) => verifyAudit(ports, principal),
};
