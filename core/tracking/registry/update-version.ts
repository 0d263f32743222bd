import { assertText } from '#core/domain/names.ts';
import type { Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { changeVersion } from './change-version.ts';
import { findVersion, type FoundVersion } from './find-version.ts';
import { assertRegistryTags } from './registry-tags.ts';
import type { VersionAddress } from './version-address.ts';
import type { RegisteredModelRef } from './find-registered-model.ts';

export interface VersionUpdate {
  readonly description?: string;
  /** `null` offers it again. */
  readonly deprecated?: { readonly reason: string } | null;
  readonly setTags?: readonly Tag[];
  /** Keys; one that is not there changes nothing. */
  readonly removeTags?: readonly string[];
}

/** Sets what is present. @throws Fault `invalid`, `not_found`, `forbidden`. */
export async function updateVersion(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly version: VersionAddress | string } & VersionUpdate,
): Promise<FoundVersion> {
  const { deprecated, description, removeTags = [], setTags = [] } = ask;
  assertText('description', description ?? '');
  assertText('reason', deprecated?.reason ?? '');
  assertRegistryTags(setTags);
  const found = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
  const { model, number } = found.version;
  const change = {
    kind: 'update-version',
    version: { model, number },
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
  } as const;
  const version = { model, number };
  const changes = [
    change,
    ...(setTags.length > 0 ? [{ kind: 'set-version-tags', version, tags: setTags } as const] : []),
    ...removeTags.map((key) => ({ kind: 'delete-version-tag', version, key }) as const),
  ];
  return changeVersion(ports, principal, { found, changes });
}
