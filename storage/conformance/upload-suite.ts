import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Upload, UploadStore } from '#core/tracking/ports/uploads.ts';
import { AT, digestOf } from './sample-changes.ts';

const id = (n: number): string => n.toString(16).padStart(64, '0');
const upload = (n = 1): Omit<Upload, 'answer'> => ({
  id: id(n),
  owner: { kind: 'loose' },
  path: 'a/b.bin',
  partCount: 2,
  openedAt: AT,
});

/** @param makeUploads an empty store; `again` opens the same one as another process would. */
export function uploadSuite(
  name: string,
  makeUploads: () => Promise<{ readonly uploads: UploadStore; readonly again: () => Promise<UploadStore> }>,
): void {
  describe(`${name}: uploads in parts`, () => {
    const begun = async () => {
      const { uploads, again } = await makeUploads();
      await uploads.open(upload());
      const put = (number: number, text: string, limitBytes = Infinity) =>
        uploads.putPart(id(1), { number, bytes: bytes(text), limitBytes });
      return { uploads, again, put };
    };

    test('are known to every process, with what was received', async () => {
      const { uploads, again, put } = await begun();
      const part = await put(2, 'two');
      expect(part).toEqual({ number: 2, digest: sha256('two'), sizeBytes: 3 });
      const other = await again();
      expect(await other.find(id(1))).toEqual(upload());
      expect(await other.list()).toEqual([upload()]);
      expect(await other.count()).toBe(1);
      await put(1, 'one');
      expect((await other.parts(id(1))).map(({ number }) => number)).toEqual([1, 2]);
      expect(await drained(other.read(id(1), part))).toBe('two');
      expect(await uploads.find(id(2))).toBeUndefined();
      expect(await uploads.find('../blobs')).toBeUndefined();
    });

    test('a part that comes again takes the place of the first', async () => {
      const { uploads, put } = await begun();
      const first = await put(1, 'first');
      await put(1, 'second');
      expect(await uploads.parts(id(1))).toEqual([{ number: 1, digest: sha256('second'), sizeBytes: 6 }]);
      await expect(drained(uploads.read(id(1), first))).rejects.toMatchObject({ code: 'not_found' });
    });

    test('a part beyond the limit, and one whose source fails, leave nothing', async () => {
      const { uploads, put } = await begun();
      await expect(put(1, 'four', 3)).rejects.toMatchObject({ code: 'too_large' });
      const failing = uploads.putPart(id(1), { number: 1, bytes: broken(), limitBytes: 9 });
      await expect(failing).rejects.toThrow('the client went away');
      expect(await uploads.parts(id(1))).toEqual([]);
    });

    test('what it came to is kept, and the parts are not', async () => {
      const { uploads, again, put } = await begun();
      await put(1, 'one');
      const answer = { digest: digestOf(3), sizeBytes: 3, at: AT + 5 };
      expect(await uploads.settle(id(1), answer)).toEqual(answer);
      const other = await again();
      expect(await other.find(id(1))).toEqual({ ...upload(), answer });
      expect(await uploads.parts(id(1))).toEqual([]);
      await expect(put(1, 'late')).rejects.toMatchObject({ code: 'not_found' });
      expect(await other.settle(id(1), { digest: digestOf(4), sizeBytes: 4, at: AT + 6 })).toEqual(answer);
      await other.abort(id(1));
      expect(await uploads.list()).toEqual([{ ...upload(), answer }]);
      await other.forget(id(1));
      await other.forget(id(1));
      expect(await uploads.list()).toEqual([]);
    });

    test('of many that settle and abort it at once, in two processes, one decides', async () => {
      for (let round = 1; round <= 20; round += 1) {
        const { uploads, again, put } = await begun();
        await put(1, 'one');
        const all = [uploads, await again()];
        const answers = [3, 4].map((n) => ({ digest: digestOf(n), sizeBytes: n, at: AT + n }));
        const work = answers.flatMap((answer, at) => {
          const settle = async () => all[at]?.settle(id(1), answer).catch(() => 'aborted');
          const abort = async () => all[1 - at]?.abort(id(1));
          return round % 2 === 0 ? [settle(), abort()] : [abort(), settle()];
        });
        const told = (await Promise.all(work)).filter((one) => one !== undefined);
        const stands = (await uploads.find(id(1)))?.answer ?? 'aborted';
        expect(told).toEqual([stands, stands]);
      }
    });

    test('one that is aborted is unknown, also to a part that is on its way', async () => {
      const { uploads, put } = await begun();
      const part = await put(1, 'one');
      await uploads.abort(id(1));
      await uploads.abort(id(1));
      expect([await uploads.find(id(1)), await uploads.list(), await uploads.parts(id(1))]).toEqual([
        undefined,
        [],
        [],
      ]);
      await expect(put(2, 'two')).rejects.toMatchObject({ code: 'not_found' });
      await expect(drained(uploads.read(id(1), part))).rejects.toMatchObject({ code: 'not_found' });
    });
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('h');
  throw new Error('the client went away');
}

async function drained(source: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const part of source) text += new TextDecoder().decode(part);
  return text;
}
