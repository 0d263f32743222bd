import type { TreeFile } from './file-tree.ts';
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
  /** Ascending by path, in UTF-16 code unit order; paths are unique. */
  readonly entries: readonly ManifestEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The manifest of what a tree holds now. */
export function sealTree(
  type: Manifest['type'],
  files: readonly TreeFile[],
  metadata: Manifest['metadata'] = {},
): Manifest {
  const entries = files
    .map(({ path, digest, sizeBytes }) => ({ path, digest, sizeBytes }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { type, entries, metadata };
}

/**
 * RFC 8785 text of a manifest. With only strings and safe integers inside, the scheme comes down to JSON.stringify with
 * keys in code unit order, so no library is needed.
 */
export function canonicalManifest(manifest: Manifest): string {
  // Pair by pair: an object would put integer-like keys first and lose `__proto__`.
  const metadata = Object.entries(manifest.metadata)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const entries = JSON.stringify(
    manifest.entries.map(({ path, digest, sizeBytes }) => ({ digest, path, sizeBytes })),
  );
  return `{"entries":${entries},"metadata":{${metadata.join(',')}},"type":${JSON.stringify(manifest.type)}}`;
}
