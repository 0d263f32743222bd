import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BlobStore } from '#core/tracking/ports/blobs.ts';
import { digestOf } from './sample-changes.ts';

export type MakeBlobs = () => Promise<BlobStore>;

const TEXT = new TextEncoder();

/** Specifies `BlobStore`. */
export function blobSuite(name: string, makeBlobs: MakeBlobs): void {
  describe(`${name}: blobs`, () => {
    test('keeps bytes under their SHA-256', async () => {
      const blobs = await makeBlobs();
      const stored = await blobs.put(parts('hello ', '', 'world'));
      expect(stored).toEqual({ digest: sha256('hello world'), sizeBytes: 11 });
      expect(await text(await blobs.get(stored.digest))).toBe('hello world');
      expect(await blobs.has(stored.digest)).toBe(true);
    });

    test('keeps equal bytes once, also when they arrive at once', async () => {
      const blobs = await makeBlobs();
      const [one, two] = await Promise.all([blobs.put(parts('a', 'b')), blobs.put(parts('ab'))]);
      expect(one).toEqual(two);
      expect(await text(await blobs.get(one.digest))).toBe('ab');
    });

    test('keeps the empty blob', async () => {
      const blobs = await makeBlobs();
      const { digest, sizeBytes } = await blobs.put(parts());
      expect([digest, sizeBytes]).toEqual([sha256(''), 0]);
      expect(await text(await blobs.get(digest))).toBe('');
    });

    test('keeps a blob of several megabytes', async () => {
      const blobs = await makeBlobs();
      const block = new Uint8Array(1 << 20).fill(7);
      const { digest, sizeBytes } = await blobs.put(repeated(block, 5));
      expect(sizeBytes).toBe(5 << 20);
      let read = 0;
      for await (const part of await blobs.get(digest)) read += part.byteLength;
      expect(read).toBe(5 << 20);
    });

    test('does not know what it was never given', async () => {
      const blobs = await makeBlobs();
      expect(await blobs.has(digestOf(1))).toBe(false);
      await expect(blobs.get(digestOf(1))).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'blob' },
      });
    });

    test('refuses more bytes than the limit, and takes exactly as many', async () => {
      const blobs = await makeBlobs();
      await expect(blobs.put(parts('abc', 'd'), 3)).rejects.toMatchObject({ code: 'too_large' });
      expect(await blobs.has(sha256('abcd'))).toBe(false);
      expect((await blobs.put(parts('abc'), 3)).sizeBytes).toBe(3);
    });

    test('passes on the error of a source that fails, and keeps nothing of it', async () => {
      const blobs = await makeBlobs();
      await expect(blobs.put(failing())).rejects.toThrow('the client went away');
      expect(await blobs.has(sha256('half'))).toBe(false);
    });

    test('lists what is there, and removes what nobody stored since a time', async () => {
      const blobs = await makeBlobs();
      const old = await blobs.put(parts('old'));
      const kept = await blobs.put(parts('kept'));
      const listed = async () => {
        const found: string[] = [];
        for await (const digest of blobs.list()) found.push(digest);
        return found.toSorted();
      };
      expect(await listed()).toEqual([old.digest, kept.digest].toSorted());
      const hour = 3_600_000;
      expect(await blobs.remove(old.digest, { unlessStoredSince: Date.now() - hour })).toBe(false);
      expect(await blobs.remove(old.digest, { unlessStoredSince: Date.now() + hour })).toBe(true);
      expect(await blobs.remove(old.digest, { unlessStoredSince: Date.now() + hour })).toBe(true);
      expect([await blobs.has(old.digest), await blobs.has(kept.digest)]).toEqual([false, true]);
      expect(await listed()).toEqual([kept.digest]);
    });

    test('keeps bytes that are stored again at the moment in which they would be removed', async () => {
      const blobs = await makeBlobs();
      const { digest } = await blobs.put(parts('again'));
      for (let i = 0; i < 30; i += 1) {
        await blobs.remove(digest, { unlessStoredSince: Date.now() + 3_600_000 });
        const since = Date.now() - 1000;
        await Promise.all([
          blobs.put(parts('again')),
          blobs.remove(digest, { unlessStoredSince: since }),
          blobs.remove(digest, { unlessStoredSince: since }),
        ]);
        expect(await blobs.has(digest)).toBe(true);
      }
    });
  });
}

function sha256(content: string) {
  return createHash('sha256').update(content).digest('hex') as ReturnType<typeof digestOf>;
}

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of texts) yield TEXT.encode(part);
}

async function* repeated(block: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < times; i += 1) yield block;
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield TEXT.encode('half');
  throw new Error('the client went away');
}

async function text(source: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let all = '';
  for await (const part of source) all += decoder.decode(part, { stream: true });
  return all + decoder.decode();
}
