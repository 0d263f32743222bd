import { treeKey, type TreeEntry, type TreeFile, type TreeOwner } from '#core/domain/file-tree.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { CatalogDb, FileTable } from './tables.ts';

// Trees are read and written in their table alone. A folder exists through the files below it: `parent` is stored
// with a slash behind, so that everything below folder f is the range ['f/', 'f0') of it ('0' follows '/' in both
// databases' byte-wise collation), and the next folder of a level is found by one seek.

export async function fileAt(db: CatalogDb, owner: TreeOwner, path: string): Promise<TreeFile | undefined> {
  const row = await db
    .selectFrom('tree_file')
    .selectAll()
    .where('owner', '=', treeKey(owner))
    .where('path', '=', path)
    .executeTakeFirst();
  return row && readFile(row);
}

/** Every file below a folder ('' is the root), by path in code unit order. */
export async function filesBelow(
  db: CatalogDb,
  owner: TreeOwner,
  folder: string,
): Promise<readonly TreeFile[]> {
  let query = db.selectFrom('tree_file').selectAll().where('owner', '=', treeKey(owner));
  if (folder !== '') query = query.where('parent', '>=', `${folder}/`).where('parent', '<', `${folder}0`);
  const rows = await query.execute();
  return rows.map(readFile).toSorted((a, b) => byCodeUnit(a.path, b.path));
}

/** One level: folders by one seek each, files by one query, whatever lies below them. */
export async function listFolder(
  db: CatalogDb,
  owner: TreeOwner,
  folder: string,
): Promise<readonly TreeEntry[]> {
  const parent = parentKey(folder);
  const rows = await db
    .selectFrom('tree_file')
    .select(['path', 'size_bytes', 'modified_at'])
    .where('owner', '=', treeKey(owner))
    .where('parent', '=', parent)
    .execute();
  const files = rows
    .map((row): TreeEntry => {
      return { kind: 'file', path: row.path, sizeBytes: row.size_bytes, modifiedAt: row.modified_at };
    })
    .toSorted((a, b) => byCodeUnit(a.path, b.path));
  const folders = await foldersIn(db, owner, parent);
  return [...folders.map((path): TreeEntry => ({ kind: 'directory', path })), ...files];
}

async function foldersIn(db: CatalogDb, owner: TreeOwner, parent: string): Promise<readonly string[]> {
  const folders: string[] = [];
  let query = db
    .selectFrom('tree_file')
    .select('parent')
    .where('owner', '=', treeKey(owner))
    .orderBy('parent')
    .limit(1);
  if (parent !== '') query = query.where('parent', '<', `${parent.slice(0, -1)}0`);
  let next = await query.where('parent', '>', parent).executeTakeFirst();
  while (next) {
    const path = next.parent.slice(0, next.parent.indexOf('/', parent.length));
    folders.push(path);
    next = await query.where('parent', '>=', `${path}0`).executeTakeFirst();
  }
  return folders.toSorted(byCodeUnit);
}

/** A file that makes it impossible that `path` is one. */
export async function fileInTheWay(
  db: CatalogDb,
  owner: TreeOwner,
  path: string,
): Promise<string | undefined> {
  const ofOwner = db.selectFrom('tree_file').select('path').where('owner', '=', treeKey(owner));
  const below = await ofOwner
    .where('parent', '>=', `${path}/`)
    .where('parent', '<', `${path}0`)
    .limit(1)
    .executeTakeFirst();
  if (below) return below.path;
  const folders = foldersAbove(path);
  if (folders.length === 0) return undefined;
  return (await ofOwner.where('path', 'in', folders).limit(1).executeTakeFirst())?.path;
}

export async function storeFile(
  db: CatalogDb,
  owner: TreeOwner,
  row: Omit<FileTable, 'owner' | 'parent'>,
): Promise<void> {
  const { path, ...values } = row;
  const parent = parentKey(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  await db
    .insertInto('tree_file')
    .values({ owner: treeKey(owner), path, parent, ...values })
    .onConflict((conflict) => conflict.columns(['owner', 'path']).doUpdateSet(values))
    .execute();
}

/** Removes the file, or all below the folder ('' is the root); false when there is none. */
export async function removeFiles(db: CatalogDb, owner: TreeOwner, path: string): Promise<boolean> {
  const ofOwner = db.deleteFrom('tree_file').where('owner', '=', treeKey(owner)).returning('digest');
  const removed = await ofOwner
    .where((is) => {
      if (path === '') return is.lit(true);
      const isBelow = is.and([is('parent', '>=', `${path}/`), is('parent', '<', `${path}0`)]);
      return is.or([is('path', '=', path), isBelow]);
    })
    .execute();
  return removed.length > 0;
}

/** Removes a whole tree, whatever its size. */
export async function removeTree(db: CatalogDb, owner: TreeOwner): Promise<void> {
  await db.deleteFrom('tree_file').where('owner', '=', treeKey(owner)).execute();
}

function parentKey(folder: string): string {
  return folder === '' ? '' : `${folder}/`;
}

function foldersAbove(path: string): readonly string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'));
}

function readFile(row: FileTable): TreeFile {
  return {
    path: row.path,
    digest: row.digest as BlobDigest,
    sizeBytes: row.size_bytes,
    modifiedAt: row.modified_at,
  };
}

/** The databases sort by UTF-8 bytes, which differs beyond the basic plane. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
