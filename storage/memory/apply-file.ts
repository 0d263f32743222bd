import { treeKey, type TreeFile, type TreeOwner } from '#core/domain/file-tree.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { FileChange } from '#core/tracking/ports/change.ts';
import { noFile, pathConflict } from '#storage/sql/refusals.ts';
import { activeModel, existingRun, keepRun, type Applying, type State } from './state.ts';

export function applyFile(applying: Applying, change: FileChange): void {
  const { state, at } = applying;
  const { owner } = change;
  assertOwner(applying, owner);
  if (change.kind === 'put-file') {
    const { path, digest, sizeBytes } = change;
    assertPathFree(state, owner, path);
    state.files.set(fileKey(owner, path), { owner, file: { path, digest, sizeBytes, modifiedAt: at } });
    state.condemned.delete(digest);
  } else {
    const gone = filesOf(state, owner).filter(({ path }) => isAtOrBelow(path, change.path));
    if (gone.length === 0) throw noFile(change.path);
    for (const { path } of gone) state.files.delete(fileKey(owner, path));
  }
  if (owner.kind === 'run') keepRun(applying, existingRun(applying, owner.run));
  else if (owner.kind === 'model') applying.touched.model(owner.model);
}

export function filesOf(state: State, owner: TreeOwner): TreeFile[] {
  const key = treeKey(owner);
  return state.files
    .values()
    .filter((row) => treeKey(row.owner) === key)
    .map((row) => row.file)
    .toArray();
}

/** Whether a tree or a manifest names the blob. */
export function isNamed({ files, manifests }: State, digest: BlobDigest): boolean {
  return (
    files.values().some((row) => row.file.digest === digest) ||
    manifests.values().some((manifest) => manifest.entries.some((entry) => entry.digest === digest))
  );
}

export function fileKey(owner: TreeOwner, path: string): string {
  return `${treeKey(owner)}\n${path}`;
}

export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function isAtOrBelow(path: string, target: string): boolean {
  return path === target || isBelow(path, target);
}

function assertOwner(applying: Applying, owner: TreeOwner): void {
  if (owner.kind === 'run') existingRun(applying, owner.run);
  if (owner.kind === 'model') activeModel(applying, owner.model);
}

function assertPathFree(state: State, owner: TreeOwner, path: string): void {
  const inTheWay = filesOf(state, owner).find((file) => isBelow(file.path, path) || isBelow(path, file.path));
  if (inTheWay) throw pathConflict(path, inTheWay.path);
}
