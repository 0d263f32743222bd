import { treePath, type TreeOwner } from '#core/domain/file-tree.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { StoredBlob } from '../ports/blobs.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseTree } from './authorise-tree.ts';

export interface PutFile {
  readonly owner: TreeOwner;
  readonly path: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly limitBytes?: number;
}

/**
 * Stores bytes, then names them: a crash in between leaves only a blob that nothing names.
 * @throws Fault `invalid` (path, deleted run), `not_found`, `forbidden`, `conflict` (file and folder of one name), `too_large`, `unavailable`.
 */
export async function putFile(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock' | 'blobs'>,
  principal: Principal,
  ask: PutFile,
): Promise<StoredBlob> {
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner: ask.owner, permission: 'file:write' });
  const blob = await ports.blobs.put(ask.bytes, ask.limitBytes);
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'put-file', owner: ask.owner, path, digest: blob.digest, sizeBytes: blob.sizeBytes }],
  });
  return blob;
}
