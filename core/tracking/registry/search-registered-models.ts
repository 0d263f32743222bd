import type { WorkspaceId } from '#core/domain/ids.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import {
  compareRegisteredModels,
  matchesRegisteredModel,
  parseRegisteredModelFilter,
  parseRegisteredModelOrder,
} from '#core/query/subjects/registered-model.ts';
import { registryReach } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import { pageAfter, type Page } from '../page.ts';
import type { Ports } from '../ports/ports.ts';

/** What a search of the registry says, of models and of versions alike. */
export interface SearchRegistry {
  readonly workspace: WorkspaceId;
  readonly filter?: string;
  readonly order?: readonly string[];
  readonly limit: number;
  /** Good for the same search alone. */
  readonly cursor?: string;
}

/** Registered models that the principal may read, by name unless ordered otherwise; prompts only when the filter asks for them. @throws Fault `invalid`. */
export async function searchRegisteredModels(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  principal: Principal,
  ask: SearchRegistry,
): Promise<Page<RegisteredModel>> {
  const { cursor, limit, workspace } = ask;
  const filter = parseRegisteredModelFilter(ask.filter ?? '');
  const order = parseRegisteredModelOrder(ask.order ?? []);
  const reaches = await registryReach(ports, principal, workspace);
  const found = (await ports.registry.registeredModels(workspace))
    .filter((model) => reaches('registry:read', model) && matchesRegisteredModel(filter, model))
    .toSorted(compareRegisteredModels(order));
  return pageAfter(found, { limit, cursor, idOf: ({ id }) => id, query: queryOf(ask) });
}

/** What a cursor is bound to. */
export function queryOf({ filter = '', order = [], workspace }: SearchRegistry): string {
  return JSON.stringify([workspace, filter, order]);
}
