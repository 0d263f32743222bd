import { Fault } from './fault.ts';
import type { BlobDigest, ModelId, RunId } from './ids.ts';

/** Whose files: of a run, of a logged model, or of a loose artifact path that belongs to neither. */
export type TreeOwner =
  | { readonly kind: 'run'; readonly run: RunId }
  | { readonly kind: 'model'; readonly model: ModelId }
  | { readonly kind: 'loose' };

/** A file of a tree: a path mapped to a blob. A tree is mutable; a sealed manifest never is. */
export interface TreeFile {
  readonly path: string;
  readonly digest: BlobDigest;
  readonly sizeBytes: number;
  /** Milliseconds UTC. */
  readonly modifiedAt: number;
}

/** One row of a one-level listing. Directories exist only through the files below them. */
export type TreeEntry =
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number; readonly modifiedAt: number }
  | { readonly kind: 'directory'; readonly path: string };

/** In UTF-8. A page of PostgreSQL's B-tree takes keys up to 2704 bytes, and the owner stands before the path. */
const PATH_LIMIT_BYTES = 2048;
const DECODE_ROUNDS = 10;

/**
 * A relative POSIX path without `.`/`..` segments, backslashes, control characters or a drive letter. Percent signs are
 * literal (`loss%step%17.png` is a name), but a path that climbs once its escapes are decoded, however often, is refused
 * (CVE-2024-1558, CVE-2024-1560). At most 2048 bytes of UTF-8. Returned unchanged.
 * @throws Fault `invalid` "Invalid path", with why when it is too long.
 */
export function treePath(text: string): string {
  assertPlain(text);
  const decoded = decodedFully(text);
  if (decoded === undefined || decoded.split(/[/\\]/).includes('..')) throw invalidPath();
  return text;
}

/** A text once no percent escape is left in it; undefined when that takes more than ten rounds. */
export function decodedFully(text: string): string | undefined {
  let decoded = text;
  for (let round = 0; round < DECODE_ROUNDS; round += 1) {
    const next = decodeOnce(decoded);
    if (next === decoded) return decoded;
    decoded = next;
  }
  return undefined;
}

/** Like `treePath`, and the empty text means the root. */
export function treeFolder(text: string): string {
  const trimmed = text.replace(/\/+$/, '');
  return trimmed === '' || trimmed === '.' ? '' : treePath(trimmed);
}

/** A stable text for an owner, usable as a map key and a column value. */
export function treeKey(owner: TreeOwner): string {
  if (owner.kind === 'run') return `run:${owner.run}`;
  return owner.kind === 'model' ? `model:${owner.model}` : 'loose';
}

function assertPlain(path: string): void {
  const segments = path.split('/');
  const isClimbing = segments.some((segment) => segment === '' || segment === '.' || segment === '..');
  // Control characters, DEL, backslash and `#` never belong to a path that a URI can carry.
  // oxlint-disable-next-line no-control-regex
  const hasForbidden = /[\u0000-\u001f\u007f\\#]/.test(path);
  if (isClimbing || hasForbidden || /^[A-Za-z]:/.test(path) || !path.isWellFormed()) {
    throw invalidPath();
  }
  if (isLong(path)) throw invalidPath(`: it takes more than ${PATH_LIMIT_BYTES} bytes of UTF-8`);
}

/** Whether a well-formed path exceeds the limit; of a far longer one only the beginning is looked at. */
function isLong(path: string): boolean {
  let bytes = 0;
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > PATH_LIMIT_BYTES) return true;
  }
  return false;
}

function decodeOnce(path: string): string {
  return path.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function invalidPath(why = ''): Fault {
  return new Fault('invalid', `Invalid path${why}`, { field: 'path' });
}
