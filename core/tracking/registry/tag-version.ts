import type { Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { changeVersion } from './change-version.ts';
import type { RegisteredModelRef } from './find-registered-model.ts';
import { findVersion, type FoundVersion } from './find-version.ts';
import type { VersionAddress } from './version-address.ts';
import { assertRegistryTags } from './registry-tags.ts';

type Needs = Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>;
type OfVersion = RegisteredModelRef & { readonly version: VersionAddress | string };

/** Upserts; the last of equal keys wins. @throws Fault `invalid`, `not_found`, `forbidden`. */
export async function tagVersion(
  ports: Needs,
  principal: Principal,
  ask: OfVersion & { readonly tags: readonly Tag[] },
): Promise<FoundVersion> {
  const { tags } = ask;
  assertRegistryTags(tags);
  const found = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
  const { model, number } = found.version;
  return changeVersion(ports, principal, {
    found,
    changes: [{ kind: 'set-version-tags', version: { model, number }, tags }],
  });
}

/** A tag that is not there changes nothing. @throws Fault `not_found` without the version, `forbidden`. */
export async function untagVersion(
  ports: Needs,
  principal: Principal,
  ask: OfVersion & { readonly key: string },
): Promise<FoundVersion> {
  const found = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
  const { model, number } = found.version;
  return changeVersion(ports, principal, {
    found,
    changes: [{ kind: 'delete-version-tag', version: { model, number }, key: ask.key }],
  });
}
