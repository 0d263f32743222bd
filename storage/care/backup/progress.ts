/** What a long work on a store does now; `done` of `total` where that can be counted. */
export interface Progress {
  readonly stage: 'lock' | 'database' | 'verify' | 'blobs' | 'manifest' | 'prune' | 'publish' | 'done';
  readonly done?: number;
  readonly total?: number;
}

/** Told between steps; may be called for each blob. */
export type OnProgress = (progress: Progress) => void;
