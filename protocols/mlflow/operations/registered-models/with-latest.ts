import type { RegisteredModel } from '#core/domain/registry.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { latestVersions } from '#core/tracking/registry/latest-versions.ts';
import { presentRegisteredModel } from '../../wire/present-registry.ts';

/** The answer that shows one registered model, with its newest version per stage. */
export async function withLatest(ports: Pick<Ports, 'registry'>, model: RegisteredModel): Promise<object> {
  const latest = await latestVersions(ports, [model]);
  return { registered_model: presentRegisteredModel(model, latest.get(model)) };
}
