import { Fault } from '#core/domain/fault.ts';
import type { Upload, UploadedPart, UploadStore } from '#core/tracking/ports/uploads.ts';
import { collect } from './memory-blobs.ts';

interface Kept {
  upload: Upload;
  readonly parts: Map<number, UploadedPart & { readonly bytes: Uint8Array }>;
}

export class MemoryUploads implements UploadStore {
  readonly #kept = new Map<string, Kept>();

  async open(upload: Omit<Upload, 'answer'>): Promise<void> {
    this.#kept.set(upload.id, { upload, parts: new Map() });
  }

  async find(id: string): Promise<Upload | undefined> {
    return this.#kept.get(id)?.upload;
  }

  async count(): Promise<number> {
    return this.#kept.size;
  }

  async list(): Promise<readonly Upload[]> {
    return Array.from(this.#kept.values(), ({ upload }) => upload);
  }

  async putPart(
    id: string,
    { number, bytes, limitBytes }: Parameters<UploadStore['putPart']>[1],
  ): Promise<UploadedPart> {
    this.#receiving(id);
    const part = { number, ...(await collect(bytes, limitBytes)) };
    this.#receiving(id).parts.set(number, part);
    const { digest, sizeBytes } = part;
    return { number, digest, sizeBytes };
  }

  async parts(id: string): Promise<readonly UploadedPart[]> {
    const parts = Array.from(this.#kept.get(id)?.parts.values() ?? []);
    return parts
      .map(({ number, digest, sizeBytes }) => ({ number, digest, sizeBytes }))
      .toSorted((a, b) => a.number - b.number);
  }

  async *read(id: string, part: UploadedPart): AsyncGenerator<Uint8Array> {
    const kept = this.#there(id).parts.get(part.number);
    if (kept?.digest !== part.digest) throw gone();
    yield kept.bytes.slice();
  }

  async settle(id: string, answer: NonNullable<Upload['answer']>): Promise<NonNullable<Upload['answer']>> {
    const kept = this.#there(id);
    const stands = kept.upload.answer ?? answer;
    kept.upload = { ...kept.upload, answer: stands };
    kept.parts.clear();
    return stands;
  }

  async abort(id: string): Promise<void> {
    if (this.#kept.get(id)?.upload.answer === undefined) this.#kept.delete(id);
  }

  async forget(id: string): Promise<void> {
    this.#kept.delete(id);
  }

  #receiving(id: string): Kept {
    const kept = this.#there(id);
    if (kept.upload.answer) throw gone();
    return kept;
  }

  #there(id: string): Kept {
    const kept = this.#kept.get(id);
    if (!kept) throw gone();
    return kept;
  }
}

function gone(): Fault {
  return new Fault('not_found', 'The upload, or a part of it, is no longer there.', { subject: 'upload' });
}
