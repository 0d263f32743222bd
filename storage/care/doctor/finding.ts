import type { BlobDigest } from '#core/domain/ids.ts';

/** `error`: data is damaged or gone. `warning`: nothing is lost yet, and something will be wrong. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** What a check found. */
export interface Finding {
  readonly check:
    | 'database'
    | 'catalog'
    | 'audit'
    | 'registry'
    | 'series'
    | 'journal'
    | 'files'
    | 'leftovers';
  readonly severity: Severity;
  /** The thing, named as people know it: the run and metric, the file. */
  readonly where: string;
  readonly what: string;
  /** What `--repair` does about it; absent when only a person can. */
  readonly remedy?: Remedy;
}

/** A repair as plain data: `repair.ts` applies it. Each is safe: nothing is dropped that is not kept in a file first. */
export type Remedy =
  /** Builds all indexes of the database anew. */
  | { readonly kind: 'reindex' }
  /** Rewrites the database without its free pages, so that from now on they go back to the file system by themselves. */
  | { readonly kind: 'vacuum' }
  /** Sets a counter to what is in use. */
  | { readonly kind: 'raise-counter'; readonly name: string; readonly value: number }
  /** Writes the broken chunks of a segment, or all of it, into a file beside the store, and keeps the others. */
  | { readonly kind: 'quarantine-segment'; readonly series: number; readonly number: number }
  /** Computes the aggregates of a segment from its points. */
  | { readonly kind: 'rebuild-aggregates'; readonly series: number; readonly number: number }
  /** Computes last, min and max of a series from its points. */
  | { readonly kind: 'rebuild-summary'; readonly series: number }
  | { readonly kind: 'raise-segments'; readonly series: number; readonly segments: number }
  /** Writes a record of the journal into a file beside the store. */
  | { readonly kind: 'quarantine-journal'; readonly sequence: number }
  /** Writes rows into a file beside the store: nobody can reach them any more. */
  | {
      readonly kind: 'quarantine-rows';
      readonly table: 'tree_file' | 'series' | 'series_owner';
      readonly column: 'owner' | 'id';
      readonly value: string | number;
    }
  | { readonly kind: 'remove-blob'; readonly digest: BlobDigest }
  | { readonly kind: 'remove-file'; readonly path: string };

const MEANINGS: Readonly<Record<Remedy['kind'], string>> = {
  reindex: 'build the indexes anew',
  vacuum: 'rewrite the database (needs as much free space as it takes)',
  'raise-counter': 'set it to what is in use',
  'raise-segments': 'set it to what is in use',
  'quarantine-segment': 'move what cannot be read into a file in quarantine/, keep the rest of the series',
  'rebuild-aggregates': 'compute them from the points',
  'rebuild-summary': 'compute them from the points',
  'quarantine-journal': 'move the record into a file in quarantine/',
  'quarantine-rows': 'move the rows into a file in quarantine/',
  'remove-blob': 'remove it',
  'remove-file': 'remove it',
};

/** What the remedy does, for people. */
export function describeRemedy({ kind }: Remedy): string {
  return MEANINGS[kind];
}
