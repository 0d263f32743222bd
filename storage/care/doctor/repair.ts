import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { blobPath } from '#storage/blobs-fs/fs-blob-store.ts';
import type { Finding, Remedy } from './finding.ts';
import { Quarantine } from './repairs/quarantine.ts';
import { quarantineJournal, quarantineRows, raiseCounter, raiseSegments } from './repairs/row-repair.ts';
import { quarantineSegment, rebuildAggregates, rebuildSummary } from './repairs/series-repair.ts';
import { blobIndex } from '../named-blobs.ts';
import type { StoreFiles } from '../store-files.ts';

export interface Repaired {
  readonly finding: Finding;
  /** What was done, and what was lost by it. */
  readonly done: string;
}

/** What a repair works with: the database within a transaction of its own, and where to keep what is taken out. */
export interface Repairing {
  readonly store: StoreFiles;
  readonly database: DatabaseSync;
  readonly quarantine: Quarantine;
}

/** Applies the remedies of findings one by one, each in a transaction; nobody else may have the store open. */
export async function repairStore(
  store: StoreFiles,
  findings: readonly Finding[],
): Promise<readonly Repaired[]> {
  if (findings.every(({ remedy }) => remedy === undefined)) return [];
  const database = new DatabaseSync(store.database);
  const repaired: Repaired[] = [];
  try {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    const repairing = { store, database, quarantine: new Quarantine(store.directory) };
    // A series is put right before what is derived from it.
    const order = [...findings].toSorted((a, b) => rank(a.remedy) - rank(b.remedy));
    for (const finding of order) {
      if (finding.remedy) repaired.push({ finding, done: await apply(repairing, finding.remedy) });
    }
  } finally {
    database.close();
  }
  return repaired;
}

function rank(remedy: Remedy | undefined): number {
  if (remedy?.kind === 'reindex') return 0;
  return remedy?.kind === 'rebuild-summary' ? 2 : 1;
}

type Of<Kind extends Remedy['kind']> = Extract<Remedy, { kind: Kind }>;
type Apply<Kind extends Remedy['kind']> = (repairing: Repairing, remedy: Of<Kind>) => Promise<string>;

/** Those that change rows run in a transaction. */
const ROW_REMEDIES = {
  'raise-counter': raiseCounter,
  'raise-segments': raiseSegments,
  'rebuild-aggregates': rebuildAggregates,
  'rebuild-summary': rebuildSummary,
  'quarantine-segment': quarantineSegment,
  'quarantine-journal': quarantineJournal,
  'quarantine-rows': quarantineRows,
} satisfies { readonly [Kind in Remedy['kind']]?: Apply<Kind> };

const WHOLE_REMEDIES = {
  reindex: async ({ database }) => {
    database.exec('REINDEX');
    return 'built the indexes anew';
  },
  vacuum: async ({ database }) => {
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
    return 'rewrote the database';
  },
  'remove-file': async ({ store }, { path }) => {
    await rm(join(store.directory, path), { force: true, recursive: true });
    return 'removed it';
  },
  'remove-blob': async ({ store, database }, { digest }) => {
    if (blobIndex(database)(digest)) return 'kept it: it is named';
    await rm(blobPath(store.directory, digest), { force: true });
    return 'removed it';
  },
} satisfies { readonly [Kind in Exclude<Remedy['kind'], keyof typeof ROW_REMEDIES>]: Apply<Kind> };

async function apply(repairing: Repairing, remedy: Remedy): Promise<string> {
  const { kind } = remedy;
  if (kind in WHOLE_REMEDIES) {
    return (WHOLE_REMEDIES as Record<string, Apply<never>>)[kind]?.(repairing, remedy as never) ?? '';
  }
  const row = (ROW_REMEDIES as Record<string, Apply<never>>)[kind];
  return inTransaction(repairing.database, async () => row?.(repairing, remedy as never) ?? '');
}

/** What is taken out is durable in its file before the transaction that takes it out commits. */
async function inTransaction(database: DatabaseSync, work: () => Promise<string>): Promise<string> {
  database.exec('BEGIN IMMEDIATE');
  try {
    const done = await work();
    database.exec('COMMIT');
    return done;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
