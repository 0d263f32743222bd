import type { DatabaseSync } from 'node:sqlite';
import { Fault } from '#core/domain/fault.ts';
import type { BlobDigest } from '#core/domain/ids.ts';

export interface NamedBlob {
  readonly digest: BlobDigest;
  readonly sizeBytes: number;
}

// A manifest's sizes are in its document; a tree's in its rows. SQLite sorts on disk when there are many.
const NAMED = `SELECT digest, MAX(size) AS size FROM (
    SELECT digest, size_bytes AS size FROM tree_file
    UNION ALL
    SELECT entry.value ->> '$.digest', entry.value ->> '$.sizeBytes'
    FROM manifest, json_each(manifest.document, '$.entries') AS entry
  ) GROUP BY digest ORDER BY digest`;

/** Each blob that a tree or a manifest of the database names, once, by digest. One row is in memory at a time. */
export function* namedBlobs(database: DatabaseSync): Generator<NamedBlob> {
  for (const row of database.prepare(NAMED).iterate()) {
    yield { digest: digestOf(row['digest']), sizeBytes: Number(row['size']) };
  }
}

/** Whether anything in the database names the blob; to be asked again and again. */
export function blobIndex(database: DatabaseSync): (digest: string) => boolean {
  const statement = database.prepare(
    'SELECT EXISTS (SELECT 1 FROM tree_file WHERE digest = ?1) OR EXISTS (SELECT 1 FROM manifest_blob WHERE blob = ?1) AS named',
  );
  return (digest) => statement.get(digest)?.['named'] === 1;
}

/** Digests become paths, so whatever a damaged or foreign database says is looked at. @throws Fault `corrupt`. */
function digestOf(value: unknown): BlobDigest {
  if (typeof value === 'string' && isDigest(value)) return value;
  throw new Fault('corrupt', 'The database names a blob by something that is no digest.');
}

export function isDigest(text: string): text is BlobDigest {
  return /^[0-9a-f]{64}$/.test(text);
}
