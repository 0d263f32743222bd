import { Fault } from '#core/domain/fault.ts';
import { treePath, type TreeOwner } from '#core/domain/file-tree.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Upload } from '../ports/uploads.ts';
import { authoriseTree } from './authorise-tree.ts';
import { expireUploads } from './expire-uploads.ts';

/** As many as S3 takes. */
const PART_LIMIT = 10_000;
/** More at once than any team needs, few enough to bound what abandoned ones hold. */
const OPEN_LIMIT = 1000;

export interface BeginUpload {
  readonly owner: TreeOwner;
  readonly path: string;
  /** 0…10 000; without any the file is empty. */
  readonly partCount: number;
}

/** Opens an upload in parts. @throws Fault `invalid` (path, count, deleted run), `not_found`, `forbidden`, `unavailable`. */
export async function beginUpload(
  ports: Pick<Ports, 'catalog' | 'clock' | 'uploads' | 'secrets'>,
  principal: Principal,
  ask: BeginUpload,
): Promise<Upload> {
  const { owner, partCount } = ask;
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner, permission: 'file:write' });
  if (!(partCount >= 0 && partCount <= PART_LIMIT)) {
    throw new Fault(
      'invalid',
      `A file may be sent in at most ${PART_LIMIT} parts; ${partCount} were announced.`,
      { field: 'num_parts' },
    );
  }
  await assertRoom(ports);
  const id = ports.secrets.hash(ports.secrets.token());
  const upload = { id, owner, path, partCount, openedAt: ports.clock.now() };
  await ports.uploads.open(upload);
  return upload;
}

/** @throws Fault `unavailable`. */
async function assertRoom(ports: Pick<Ports, 'uploads' | 'clock'>): Promise<void> {
  if ((await ports.uploads.count()) < OPEN_LIMIT) return;
  await expireUploads(ports);
  const receiving = (await ports.uploads.list()).filter(({ answer }) => answer === undefined);
  if (receiving.length < OPEN_LIMIT) return;
  throw new Fault('unavailable', `${OPEN_LIMIT} uploads in parts are open; try again later.`, {
    retryAfterSeconds: 30,
  });
}
