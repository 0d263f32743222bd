import { Fault } from '#core/domain/fault.ts';
import { registryMigration } from '#storage/catalog/registry/schema/registry-migration.ts';
import { blobPath } from '#storage/blobs-fs/fs-blob-store.ts';
import { sizeOf, verifyBlob } from '../../backup/blob-folder.ts';
import { schemaOf } from '../../store-files.ts';
import type { Finding } from '../finding.ts';
import { nameTree, rowsOf, type Inspection } from '../inspection.ts';
import { namedBlobs, type NamedBlob } from '../../named-blobs.ts';

const OWNERLESS = `SELECT DISTINCT owner FROM tree_file WHERE
  (owner LIKE 'run:%' AND NOT EXISTS (SELECT 1 FROM run WHERE id = substr(owner, 5))) OR
  (owner LIKE 'model:%' AND NOT EXISTS (SELECT 1 FROM model WHERE id = substr(owner, 7)))`;

/** The bytes of every file: there, of the right size, and with `isDeep` of the right SHA-256. */
export async function* checkFiles(inspection: Inspection): AsyncGenerator<Finding> {
  const { database } = inspection;
  for (const blob of namedBlobs(database)) {
    const what = await judge(inspection, blob);
    if (what === undefined) continue;
    yield { check: 'files', severity: 'error', where: whereOf(inspection, blob), what };
  }
  for (const { owner } of rowsOf<{ owner: string }>(database, OWNERLESS)) {
    yield {
      check: 'files',
      severity: 'warning',
      where: nameTree(database, owner),
      what: 'has files, which nobody can reach',
      remedy: { kind: 'quarantine-rows', table: 'tree_file', column: 'owner', value: owner },
    };
  }
}

async function judge({ store, isDeep }: Inspection, blob: NamedBlob): Promise<string | undefined> {
  const size = await sizeOf(blobPath(store.directory, blob.digest));
  const cure = 'Upload it again, or copy the blob from a backup.';
  if (size === undefined) return `its bytes are gone (blob ${blob.digest}). ${cure}`;
  if (size !== blob.sizeBytes) return `has ${size} of ${blob.sizeBytes} bytes (blob ${blob.digest}). ${cure}`;
  if (!isDeep) return undefined;
  try {
    await verifyBlob(store.directory, blob);
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return `its bytes are damaged (blob ${blob.digest}). ${cure}`;
  }
}

/** The first place that names it. */
function whereOf({ database }: Inspection, { digest }: NamedBlob): string {
  const places = `SELECT owner, path FROM tree_file WHERE digest = ? LIMIT 1`;
  for (const { owner, path } of rowsOf<{ owner: string; path: string }>(database, places, digest)) {
    return `file '${path}' of ${nameTree(database, owner)}`;
  }
  const sealed = 'SELECT id FROM model WHERE manifest IN (SELECT manifest FROM manifest_blob WHERE blob = ?)';
  for (const { id } of rowsOf<{ id: string }>(database, sealed, digest))
    return `a file sealed in model ${id}`;
  if (!schemaOf(database).includes(registryMigration.name)) return 'a file of a sealed version';
  const registered = `SELECT m.name, v.number FROM model_version AS v JOIN registered_model AS m ON m.id = v.model
    WHERE v.manifest IN (SELECT manifest FROM manifest_blob WHERE blob = ?) LIMIT 1`;
  for (const { name, number } of rowsOf<{ name: string; number: number }>(database, registered, digest))
    return `a file sealed in version ${number} of registered model '${name}'`;
  const made = `SELECT type, name, number FROM artifact_version
    WHERE digest IN (SELECT manifest FROM manifest_blob WHERE blob = ?) LIMIT 1`;
  for (const { type, name, number } of rowsOf<{ type: string; name: string; number: number }>(
    database,
    made,
    digest,
  ))
    return `a file sealed in the ${type} ${name}@v${number}`;
  return 'a file of a sealed version';
}
