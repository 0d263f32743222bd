import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { BackupCounts, BackupManifest } from './backup-manifest.ts';
import { namedBlobs, type NamedBlob } from '../named-blobs.ts';

const COUNTED: Readonly<Record<keyof BackupCounts, string>> = {
  projects: 'project',
  runs: 'run',
  models: 'model',
  files: 'tree_file',
  series: 'series',
  segments: 'series_segment',
  journalRecords: 'series_journal',
  registeredModels: 'registered_model',
  modelVersions: 'model_version',
  lineageEdges: 'lineage_edge',
};

/** How many rows of each noun a database has; of what its schema does not know yet nothing is said. */
export function countStore(database: DatabaseSync): BackupCounts {
  const isTable = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  const counts = Object.entries(COUNTED).flatMap(([noun, table]) => {
    if (!isTable.get(table)) return [];
    const row = database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
    return [[noun, Number(row?.['n'])] as const];
  });
  return Object.fromEntries(counts) as unknown as BackupCounts;
}

/** The last durable commit. */
export function sequenceOf(database: DatabaseSync): number {
  const row = database.prepare("SELECT value FROM counter WHERE name = 'sequence'").get();
  return Number(row?.['value'] ?? 0);
}

/** Adds up the blobs that a database names, as a manifest does. */
export class BlobTally {
  readonly #hash = createHash('sha256');
  #count = 0;
  #sizeBytes = 0;

  add({ digest, sizeBytes }: NamedBlob): void {
    this.#hash.update(`${digest} ${sizeBytes}\n`);
    this.#count += 1;
    this.#sizeBytes += sizeBytes;
  }

  /** Adds each blob as it is taken. */
  *counting(blobs: Iterable<NamedBlob>): Generator<NamedBlob> {
    for (const blob of blobs) {
      this.add(blob);
      yield blob;
    }
  }

  /** To be called once. */
  total(): BackupManifest['blobs'] {
    return { count: this.#count, sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }
}

export function tallyBlobs(database: DatabaseSync): BackupManifest['blobs'] {
  const tally = new BlobTally();
  for (const blob of namedBlobs(database)) tally.add(blob);
  return tally.total();
}
