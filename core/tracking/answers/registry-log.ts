import { checkChain, type ChainVerdict } from '#core/domain/chain.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import { canonicalRegistryEntry, type RegistryEntry } from '#core/domain/registry-log.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRegisteredModel } from '../registry/find-registered-model.ts';

export interface LogPage {
  /** Newest first. */
  readonly entries: readonly RegistryEntry[];
  /** The number to ask for older entries with; absent when there are none. */
  readonly next?: number;
}

/** What was done to a model, or to one of its versions. @throws Fault `not_found`, `forbidden`. */
export async function listRegistryLog(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  principal: Principal,
  ask: {
    readonly workspace: WorkspaceId;
    readonly model: string;
    readonly version?: number;
    readonly before?: number;
    readonly limit: number;
  },
): Promise<LogPage> {
  const { before, limit, version } = ask;
  const { id } = await findRegisteredModel(ports, principal, ask);
  const entries = await ports.registry.registryLog({
    model: id,
    ...(version !== undefined && { version }),
    ...(before !== undefined && { before }),
    limit: limit + 1,
  });
  const page = entries.slice(0, limit);
  const last = page.at(-1);
  return { entries: page, ...(entries.length > limit && last && { next: last.number }) };
}

/** Recomputes the chain of a model's log. Entries cut off at its end leave a chain that fits. @throws Fault `not_found`, `forbidden`. */
export async function verifyRegistryLog(
  ports: Pick<Ports, 'catalog' | 'registry' | 'secrets'>,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly model: string },
): Promise<ChainVerdict> {
  const { id } = await findRegisteredModel(ports, principal, ask);
  return checkChain(ports.registry.registryTrail(id), {
    canonical: canonicalRegistryEntry,
    hash: (text) => ports.secrets.hash(text),
  });
}
