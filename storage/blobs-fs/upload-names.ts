// Names of the files in the folder of an upload. Everything that is known of a part, and what the upload came to, stands in a name: a
// rename makes it known to every process, whole, and of two renames of one file exactly one succeeds.
import type { BlobDigest } from '#core/domain/ids.ts';
import type { Upload, UploadedPart } from '#core/tracking/ports/uploads.ts';

type Answer = NonNullable<Upload['answer']>;

/** Where it goes, while it is open; settling and aborting rename it, so only one of them does. */
export const OPEN = 'open.json';
export const ABORTED = 'aborted.json';
/** Behind the name of a folder that is being made, or taken away. */
export const UNFINISHED = '.tmp';

const ID = /^[0-9a-f]{64}$/;
const PART = /^part-(\d+)-([0-9a-f]{64})-(\d+)$/;
const SETTLED = /^settled-([0-9a-f]{64})-(\d+)-(\d+)\.json$/;

export function isUploadId(text: string): boolean {
  return ID.test(text);
}

export function partName({ number, digest, sizeBytes }: UploadedPart): string {
  return `part-${number}-${digest}-${sizeBytes}`;
}

export function partNamed(name: string): UploadedPart | undefined {
  const [, number, digest, sizeBytes] = PART.exec(name) ?? [];
  if (number === undefined) return undefined;
  return { number: Number(number), digest: digest as BlobDigest, sizeBytes: Number(sizeBytes) };
}

export function settledName({ digest, sizeBytes, at }: Answer): string {
  return `settled-${digest}-${sizeBytes}-${at}.json`;
}

export function answerNamed(name: string): Answer | undefined {
  const [, digest, sizeBytes, at] = SETTLED.exec(name) ?? [];
  if (digest === undefined) return undefined;
  return { digest: digest as BlobDigest, sizeBytes: Number(sizeBytes), at: Number(at) };
}
