import { runId, modelId, type WorkspaceId } from '#core/domain/ids.ts';
import { PROMPT_TAG, type RegisteredModel } from '#core/domain/registry.ts';
import {
  compareVersions,
  matchesVersion,
  necessaryClauses,
  parseVersionFilter,
  parseVersionOrder,
  type VersionSubject,
} from '#core/query/subjects/model-version.ts';
import { matchesRegisteredModel } from '#core/query/subjects/registered-model.ts';
import type { Clause, Filter } from '#core/query/syntax.ts';
import { registryReach } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import { pageAfter, type Page } from '../page.ts';
import type { Ports } from '../ports/ports.ts';
import type { VersionQuery } from '../ports/registry.ts';
import { queryOf, type SearchRegistry } from './search-registered-models.ts';

/** Versions of the models that the principal may read, the last updated first unless ordered otherwise; prompts only when the filter asks for them. @throws Fault `invalid`. */
export async function searchVersions(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  principal: Principal,
  ask: SearchRegistry,
): Promise<Page<VersionSubject>> {
  const { cursor, limit, workspace } = ask;
  const filter = parseVersionFilter(ask.filter ?? '');
  const order = parseVersionOrder(ask.order ?? []);
  const reaches = await registryReach(ports, principal, workspace);
  const clauses = necessaryClauses(filter);
  const all = await ports.registry.registeredModels(workspace);
  const models = all.filter((model) => reaches('registry:read', model) && mayHold(clauses, model));
  const byId = new Map(models.map((model) => [model.id, model]));
  const narrowed = narrowedBy(clauses, workspace);
  const query = models.length < all.length ? { ...narrowed, models: [...byId.keys()] } : narrowed;
  const versions = models.length === 0 ? [] : await ports.registry.findVersions(query);
  const found = versions
    .flatMap((version): VersionSubject[] => {
      const model = byId.get(version.model);
      return model ? [{ version, model }] : [];
    })
    .filter((subject) => matchesVersion(filter, subject))
    .toSorted(compareVersions(order));
  const idOf = ({ version }: VersionSubject) => `${version.model}/${version.number}`;
  return pageAfter(found, { limit, cursor, idOf, query: queryOf(ask) });
}

/** Whether versions of a model can be among those that are found, as far as its name and aliases tell. */
function mayHold(clauses: readonly Clause[], model: RegisteredModel): boolean {
  return clauses
    .filter(({ field }) => field.entity === 'attribute' && (field.key === 'name' || field.key === 'alias'))
    .every((clause) => clause.kind === 'null' || matchesRegisteredModel(clause as Filter, model));
}

/** The part of a search that a store answers by an index; the filter decides on what it gives. */
function narrowedBy(clauses: readonly Clause[], workspace: WorkspaceId): VersionQuery {
  const runs = valuesOf(clauses, 'run_id')?.filter((id) => /^[0-9a-f]{32}$/.test(id));
  const loggedModels = valuesOf(clauses, 'model_id')?.filter((id) => /^m-[0-9a-f]{32}$/.test(id));
  const tag = clauses.find(isTagEqual);
  return {
    workspace,
    ...(runs && { runs: runs.map(runId) }),
    ...(loggedModels && { loggedModels: loggedModels.map(modelId) }),
    ...(tag && { tag: { key: tag.field.key, value: tag.value } }),
  };
}

/** The values that the first such clause allows an attribute. */
function valuesOf(clauses: readonly Clause[], key: string): readonly string[] | undefined {
  for (const clause of clauses) {
    if (clause.field.entity !== 'attribute' || clause.field.key !== key) continue;
    if (clause.kind === 'compare' && clause.comparator === '=') return [String(clause.value)];
    if (clause.kind === 'in' && !clause.negated) return clause.values.map(String);
  }
  return undefined;
}

/** Not of the prompt tag: a version that lacks it has its model's. */
function isTagEqual(clause: Clause): clause is Extract<Clause, { kind: 'compare' }> & { value: string } {
  return (
    clause.kind === 'compare' &&
    clause.comparator === '=' &&
    clause.field.entity === 'tag' &&
    clause.field.key !== PROMPT_TAG &&
    typeof clause.value === 'string'
  );
}
