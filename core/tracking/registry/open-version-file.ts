import { Fault } from '#core/domain/fault.ts';
import { treePath } from '#core/domain/file-tree.ts';
import { authoriseRegistry } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import { pathOfUri } from '../files/artifact-uri.ts';
import { authoriseTree } from '../files/authorise-tree.ts';
import type { OpenedFile } from '../files/open-file.ts';
import { resolveTree } from '../files/resolve-tree.ts';
import type { Ports } from '../ports/ports.ts';
import type { RegisteredModelRef } from './find-registered-model.ts';
import { findVersion, type FoundVersion } from './find-version.ts';
import type { VersionAddress } from './version-address.ts';

/**
 * A file of a version as it was sealed: what was written to its run or logged model since is not in it.
 * @throws Fault `invalid` (path), `not_found` also when the version's files are elsewhere, `forbidden`, `corrupt`.
 */
export async function openVersionFile(
  ports: Pick<Ports, 'catalog' | 'registry' | 'blobs'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly version: VersionAddress | string; readonly path: string },
): Promise<OpenedFile> {
  const path = treePath(ask.path);
  const found = await findVersion(ports, principal, ask);
  await authoriseVersionFiles(ports, principal, found);
  const { createdAt: modifiedAt, manifest: digest } = found.version;
  const manifest = digest && (await ports.catalog.manifest(digest));
  const entry = manifest?.entries.find((one) => one.path === path);
  if (!entry) throw new Fault('not_found', `No such artifact: '${path}'`, { subject: 'file' });
  return { file: { ...entry, modifiedAt }, bytes: await ports.blobs.get(entry.digest) };
}

/** Files are their run's or logged model's to show, as long as it is there; then the registered model's. @throws Fault `forbidden`. */
export async function authoriseVersionFiles(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  { model, version }: FoundVersion,
): Promise<void> {
  const path = pathOfUri(version.storageLocation);
  const place = path === undefined ? undefined : await resolveTree(ports, path);
  if (place === undefined || place.owner.kind === 'loose') {
    await authoriseRegistry(ports, principal, { permission: 'file:read', model });
    return;
  }
  await authoriseTree(ports, principal, { owner: place.owner, permission: 'file:read' });
}
