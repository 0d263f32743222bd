import { Fault } from '#core/domain/fault.ts';
import type { StoredBlob } from '../ports/blobs.ts';
import type { Ports } from '../ports/ports.ts';
import type { OpenUpload, OpenUploads } from './open-uploads.ts';

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
  ports: Pick<Ports, 'blobs' | 'clock'> & { readonly uploads: OpenUploads },
  ask: PutPart,
): Promise<StoredBlob> {
  const { uploads } = ports;
  const upload = uploads.find(ask.upload, ports.clock.now());
  if (!(Number.isInteger(ask.number) && ask.number >= 1 && ask.number <= upload.partCount)) {
    throw new Fault('not_found', `The upload has parts 1 to ${upload.partCount}.`, { subject: 'part' });
  }
  assertReceiving(upload);
  const room = (ask.limitBytes ?? Infinity) - sizeBeside(upload, ask.number);
  const staged = await ports.blobs.stage(ask.bytes, room);
  try {
    // Minutes may have passed.
    uploads.find(ask.upload, ports.clock.now());
    assertReceiving(upload);
  } catch (error) {
    await staged.discard();
    throw error;
  }
  const earlier = upload.parts.get(ask.number);
  upload.parts.set(ask.number, staged);
  await earlier?.discard();
  return { digest: staged.digest, sizeBytes: staged.sizeBytes };
}

function assertReceiving(upload: OpenUpload): void {
  if (upload.completion === undefined) return;
  throw new Fault('invalid', 'The upload was completed already.', {
    subject: 'upload',
    reason: 'wrong-state',
  });
}

function sizeBeside({ parts }: OpenUpload, number: number): number {
  let sizeBytes = 0;
  for (const [other, part] of parts) if (other !== number) sizeBytes += part.sizeBytes;
  return sizeBytes;
}
