import type { VersionDetail } from '../../api/registry.ts';

export type VersionFile = VersionDetail['fileList'][number];

/** A line of the list: a folder stands above what is in it. */
export type FileRow =
  | { readonly kind: 'folder'; readonly path: string; readonly name: string; readonly depth: number }
  | ({ readonly kind: 'file'; readonly name: string; readonly depth: number } & VersionFile);

/** Files of a folder before its folders, both by name, MLmodel before everything. */
export function filesInOrder(files: readonly VersionFile[]): FileRow[] {
  const rows: FileRow[] = [];
  const walk = (inside: readonly VersionFile[], folder: string, depth: number): void => {
    const here = inside.filter(({ path }) => !path.slice(folder.length).includes('/'));
    for (const file of here.toSorted(byName)) {
      rows.push({ ...file, kind: 'file', name: file.path.slice(folder.length), depth });
    }
    const below = new Map<string, VersionFile[]>();
    for (const file of inside) {
      const [name, ...rest] = file.path.slice(folder.length).split('/');
      if (name === undefined || rest.length === 0) continue;
      below.set(name, [...(below.get(name) ?? []), file]);
    }
    for (const [name, its] of [...below].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const path = `${folder}${name}/`;
      rows.push({ kind: 'folder', path, name, depth });
      walk(its, path, depth + 1);
    }
  };
  walk(files, '', 0);
  return rows;
}

function byName(a: VersionFile, b: VersionFile): number {
  const isFirst = ({ path }: VersionFile): number => (/(^|\/)MLmodel$/.test(path) ? 0 : 1);
  return isFirst(a) - isFirst(b) || (a.path < b.path ? -1 : 1);
}
