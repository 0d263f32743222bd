import { Fault } from '#core/domain/fault.ts';
import type { Permission } from '#core/domain/permission.ts';
import { aliasedVersion, type ModelVersion, type RegisteredModel } from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRegisteredModel, type RegisteredModelRef } from './find-registered-model.ts';
import { versionAddress, type VersionAddress } from './version-address.ts';

export interface FoundVersion {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
}

/** @throws Fault `not_found` (of subject `alias`, `stage` or `model version`), `forbidden`. */
export async function findVersion(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  principal: Principal,
  ask: RegisteredModelRef & {
    /** A text is read by `versionAddress`. */
    readonly version: VersionAddress | string;
    readonly permission?: Permission;
  },
): Promise<FoundVersion> {
  const model = await findRegisteredModel(ports, principal, ask);
  const address = typeof ask.version === 'string' ? versionAddress(ask.version) : ask.version;
  const number = numberOf(model, address);
  const version = await ports.registry.modelVersion({ model: model.id, number });
  if (!version) throw noVersion(model, String(number));
  return { model, version };
}

export function noVersion({ name }: Pick<RegisteredModel, 'name'>, version: string): Fault {
  return new Fault('not_found', `Model Version (name=${name}, version=${version}) not found`, {
    subject: 'model version',
  });
}

function numberOf(model: RegisteredModel, address: VersionAddress): number {
  if ('number' in address) return address.number;
  if ('stage' in address) {
    const inStage = model.stages.get(address.stage);
    if (inStage !== undefined) return inStage;
    throw new Fault('not_found', `No version of ${model.name} is in stage ${address.stage}.`, {
      subject: 'stage',
    });
  }
  const isLatest = address.alias.toLowerCase() === 'latest';
  const held = aliasedVersion(model, address.alias);
  if (held !== undefined) return held;
  if (isLatest) {
    throw new Fault('not_found', `Latest version not found for model ${model.name}.`, {
      subject: 'model version',
    });
  }
  throw new Fault('not_found', `Registered model alias ${address.alias.slice(0, 256)} not found.`, {
    subject: 'alias',
  });
}
