import type { ModelVersion, RegisteredModel } from '#core/domain/registry.ts';
import { declaredList, declaredTags, type Present } from './presence.ts';
import { presentStage } from './stages.ts';

// The registry in MLflow's proto-JSON: numbers of versions are texts, stages have capitals.

/** @param latest its newest version per stage. */
export function presentRegisteredModel(
  model: RegisteredModel,
  latest: readonly ModelVersion[] = [],
): Present {
  const aliases = [...model.aliases].map(([alias, version]) => ({ alias, version: String(version) }));
  return {
    name: model.name,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
    ...(model.description !== '' && { description: model.description }),
    ...declaredList(
      'latest_versions',
      latest.map((version) => presentVersion(model, version)),
    ),
    ...declaredTags('tags', model.tags),
    ...declaredList('aliases', aliases),
  };
}

/** A version without its aliases, as searches and lists of the latest show it. */
export function presentVersion(model: Pick<RegisteredModel, 'name'>, version: ModelVersion): Present {
  return {
    name: model.name,
    version: String(version.number),
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.updatedAt,
    ...(version.userId !== '' && { user_id: version.userId }),
    current_stage: presentStage(version.stage),
    description: version.description,
    source: version.source,
    run_id: version.run ?? '',
    status: 'READY',
    ...declaredTags('tags', version.tags),
    run_link: version.runLink ?? '',
  };
}

export function presentVersionWithAliases(
  model: Pick<RegisteredModel, 'name' | 'aliases'>,
  version: ModelVersion,
): Present {
  const held = [...model.aliases].filter(([, number]) => number === version.number);
  return {
    ...presentVersion(model, version),
    ...declaredList(
      'aliases',
      held.map(([alias]) => alias),
    ),
  };
}
