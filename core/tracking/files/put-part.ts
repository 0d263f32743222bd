import { Fault } from '#core/domain/fault.ts';
import type { StoredBlob } from '../ports/blobs.ts';
import type { Ports } from '../ports/ports.ts';
import type { Upload } from '../ports/uploads.ts';
import { openUpload } from './find-upload.ts';

export interface PutPart {
  readonly upload: string;
  /** From 1. */
  readonly number: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Largest file, of all parts together. */
  readonly limitBytes?: number;
}

/**
 * Receives a part; sent again it replaces the first. There is no principal: who may was decided when the upload was
 * begun, and its id is the proof. What is sent gets a name only when somebody who may completes the upload.
 * @throws Fault `not_found` (upload, part), `invalid` (already completed), `too_large`, `unavailable`.
 */
export async function putPart(
  ports: Pick<Ports, 'uploads' | 'clock'>,
  { upload: id, number, bytes, limitBytes = Infinity }: PutPart,
): Promise<StoredBlob> {
  const upload = await openUpload(ports, id);
  if (!(Number.isInteger(number) && number >= 1 && number <= upload.partCount)) {
    throw new Fault('not_found', `The upload has parts 1 to ${upload.partCount}.`, { subject: 'part' });
  }
  assertReceiving(upload);
  const beside = (await ports.uploads.parts(id)).filter((part) => part.number !== number);
  const room = limitBytes - beside.reduce((sum, part) => sum + part.sizeBytes, 0);
  const { digest, sizeBytes } = await ports.uploads.putPart(id, { number, bytes, limitBytes: room });
  // Minutes may have passed: what came too late is not answered as if it counted.
  assertReceiving(await openUpload(ports, id));
  return { digest, sizeBytes };
}

function assertReceiving({ answer }: Upload): void {
  if (answer === undefined) return;
  throw new Fault('invalid', 'The upload was completed already.', {
    subject: 'upload',
    reason: 'wrong-state',
  });
}
