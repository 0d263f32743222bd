import type { ModelVersion, RegisteredModel } from '#core/domain/registry.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * Of each of the models, which the caller may read, the newest version per stage, by number ascending.
 * @param stages only these; absent: all.
 */
export async function latestVersions(
  ports: Pick<Ports, 'registry'>,
  models: readonly RegisteredModel[],
  stages?: ReadonlySet<string>,
): Promise<ReadonlyMap<RegisteredModel, readonly ModelVersion[]>> {
  const refs = models.flatMap(({ id, stages: newest }) =>
    [...newest]
      .filter(([stage]) => !stages || stages.has(stage))
      .map(([, number]) => ({ model: id, number })),
  );
  const versions = refs.length === 0 ? [] : await ports.registry.modelVersions(refs);
  const grouped = Map.groupBy(versions, ({ model }) => model);
  return new Map(
    models.map((model) => [model, (grouped.get(model.id) ?? []).toSorted((a, b) => a.number - b.number)]),
  );
}
