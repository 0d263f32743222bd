import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { FileChange } from '#core/tracking/ports/change.ts';
import { noFile, pathConflict } from '#storage/sql/refusals.ts';
import { activeModel, existingRun, keepRun, type Applying } from './applying.ts';
import { actorColumns } from './documents.ts';
import { fileInTheWay, removeFiles, storeFile } from './files.ts';

export async function applyFile(applying: Applying, change: FileChange): Promise<void> {
  const { owner, path } = change;
  const run = owner.kind === 'run' ? await existingRun(applying, owner.run) : undefined;
  if (owner.kind === 'model') await activeModel(applying, owner.model);
  if (change.kind === 'put-file') await putFile(applying, change);
  else if (!(await removeFiles(applying.db, owner, path))) throw noFile(path);
  if (run) keepRun(applying, run);
  touchModel(applying, owner);
}

async function putFile(applying: Applying, change: Extract<FileChange, { kind: 'put-file' }>): Promise<void> {
  const { db, at, actor } = applying;
  const { owner, path, digest, sizeBytes } = change;
  const standing = await fileInTheWay(db, owner, path);
  if (standing !== undefined) throw pathConflict(path, standing);
  await storeFile(db, owner, {
    path,
    digest,
    size_bytes: sizeBytes,
    modified_at: at,
    ...actorColumns(actor),
  });
  // Named again: should it lose its names later, the grace period begins anew.
  await db.deleteFrom('condemned_blob').where('blob', '=', digest).execute();
}

function touchModel({ touched }: Applying, owner: TreeOwner): void {
  if (owner.kind === 'model') touched.model(owner.model);
}
