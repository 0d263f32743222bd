// What makes a folder a backup: cairn-backup.json, written when everything that it counts is durable, and replaced as a
// whole. Without it, or when it fails its own checksum, there is no backup. Layout of the folder:
//   cairn-backup-store.json   whose backups these are, written first
//   cairn-<time>.db           the copy of the database that the manifest names
//   blobs/aa/<sha256>         the blobs that this copy names
//   cairn-backup.json         this manifest
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import { replaceFile } from '../durable-file.ts';

export const BACKUP_MANIFEST = 'cairn-backup.json';
export const BACKUP_OWNER = 'cairn-backup-store.json';

export interface BackupCounts {
  readonly projects: number;
  readonly runs: number;
  readonly models: number;
  readonly files: number;
  readonly series: number;
  readonly segments: number;
  readonly journalRecords: number;
  /** Absent in backups of a schema that had none, as the two below. */
  readonly registeredModels?: number;
  readonly modelVersions?: number;
  readonly lineageEdges?: number;
}

export interface BackupManifest {
  readonly format: 'cairn-backup';
  readonly version: 1;
  /** Identity of the store. */
  readonly store: string;
  /** Milliseconds UTC, when the copy of the database was begun. */
  readonly takenAt: number;
  /** The last commit that it holds. */
  readonly sequence: number;
  /** Migrations of its schema. */
  readonly schema: readonly string[];
  readonly database: { readonly file: string; readonly sizeBytes: number; readonly sha256: string };
  readonly counts: BackupCounts;
  /** `sha256` is of one line `<digest> <size>\n` for each blob, by digest. */
  readonly blobs: { readonly count: number; readonly sizeBytes: number; readonly sha256: string };
  /** Digests of blobs that were missing or damaged in the store already: all the rest is here. */
  readonly damagedBlobs: readonly string[];
}

export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const text = JSON.stringify({ manifest, checksum: checksumOf(manifest) }, null, 2);
  await replaceFile(join(folder, BACKUP_MANIFEST), `${text}\n`);
}

/** Undefined when the folder holds no finished backup. @throws Fault `corrupt`, `unsupported`. */
export function readManifest(folder: string): BackupManifest | undefined {
  const file = join(folder, BACKUP_MANIFEST);
  if (!existsSync(file)) return undefined;
  const stored = parse(readFileSync(file, 'utf8'));
  if (stored?.manifest === undefined || stored.checksum !== checksumOf(stored.manifest)) {
    throw new Fault('corrupt', `'${file}' is damaged: it fails its checksum.`);
  }
  const { format, version, database } = stored.manifest;
  if (format !== 'cairn-backup' || version !== 1) {
    throw new Fault('unsupported', `'${file}' is a backup that a newer version of Cairn made.`);
  }
  if (!/^cairn-[\w-]+\.db$/.test(database.file)) throw new Fault('corrupt', `'${file}' names no database.`);
  return stored.manifest;
}

/** Of JSON.stringify, which keeps the order of members through a parse. */
function checksumOf(manifest: BackupManifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

function parse(text: string): { manifest?: BackupManifest; checksum?: unknown } | undefined {
  try {
    return JSON.parse(text) as { manifest?: BackupManifest; checksum?: unknown };
  } catch {
    return undefined;
  }
}
