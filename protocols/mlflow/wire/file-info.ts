import type { TreeEntry } from '#core/domain/file-tree.ts';
import type { Present } from './presence.ts';

/** FileInfo with the path from the tree's root. */
export function fileInfo(entry: TreeEntry): Present {
  if (entry.kind === 'directory') return { path: entry.path, is_dir: true };
  return { path: entry.path, is_dir: false, file_size: entry.sizeBytes };
}

/** FileInfo as the artifact proxy lists it: the last part of the path alone. */
export function baseInfo(entry: TreeEntry): Present {
  return { ...fileInfo(entry), path: entry.path.slice(entry.path.lastIndexOf('/') + 1) };
}
