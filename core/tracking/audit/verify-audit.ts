import { canonicalAudit } from '#core/domain/audit.ts';
import { checkChain, type ChainVerdict } from '#core/domain/chain.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** Recomputes the chain of the audit log. Entries cut off at its end leave a chain that fits: keep a copy of its last hash elsewhere. @throws Fault `forbidden`. */
export async function verifyAudit(
  ports: Pick<Ports, 'identity' | 'secrets'>,
  principal: Principal,
): Promise<ChainVerdict> {
  authorise(principal, 'audit:read');
  return checkChain(ports.identity.auditTrail(), {
    canonical: canonicalAudit,
    hash: (text) => ports.secrets.hash(text),
  });
}
