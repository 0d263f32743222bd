import { Fault } from '#core/domain/fault.ts';
import { treePath, type TreeOwner } from '#core/domain/file-tree.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseTree } from './authorise-tree.ts';
import type { OpenUpload, OpenUploads } from './open-uploads.ts';

/** As many as S3 takes. */
const PART_LIMIT = 10_000;

export interface BeginUpload {
  readonly owner: TreeOwner;
  readonly path: string;
  /** 0…10 000; without any the file is empty. */
  readonly partCount: number;
}

/** Opens an upload in parts. @throws Fault `invalid` (path, count, deleted run), `not_found`, `forbidden`, `unavailable`. */
export async function beginUpload(
  ports: Pick<Ports, 'catalog' | 'clock'> & { readonly uploads: OpenUploads },
  principal: Principal,
  ask: BeginUpload,
): Promise<OpenUpload> {
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner: ask.owner, permission: 'file:write' });
  if (!(ask.partCount >= 0 && ask.partCount <= PART_LIMIT)) {
    throw new Fault(
      'invalid',
      `A file may be sent in at most ${PART_LIMIT} parts; ${ask.partCount} were announced.`,
      {
        field: 'num_parts',
      },
    );
  }
  return ports.uploads.open({ owner: ask.owner, path, partCount: ask.partCount }, ports.clock.now());
}
