import type { BlobDigest } from './ids.ts';

/** One file of a sealed artifact version. */
export interface ManifestEntry {
  readonly path: string;
  readonly digest: BlobDigest;
  readonly sizeBytes: number;
}

/**
 * An artifact version's content: no time, actor or parents inside, so that equal content is the same version.
 * Its id is the SHA-256 of its canonical JSON (RFC 8785).
 */
export interface Manifest {
  readonly type: 'model' | 'dataset' | 'table' | 'checkpoint';
  /** Sorted by path, in UTF-16 code unit order. */
  readonly entries: readonly ManifestEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}
