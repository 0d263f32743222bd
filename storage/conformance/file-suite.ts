import { describe, expect } from 'vitest';
import { treePath } from '#core/domain/file-tree.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import {
  AT,
  commitOf,
  createModel,
  createRun,
  digestOf,
  modelIdOf,
  putFile,
  runIdOf,
} from './sample-changes.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = { kind: 'run', run: runIdOf(1) } as const;
const MODEL = { kind: 'model', model: modelIdOf(1) } as const;
const LOOSE = { kind: 'loose' } as const;

/** Specifies `FileReader` and the file changes. */
export function fileSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: file trees`, () => {
    it('maps a path to a blob and replaces it', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN.run), putFile(RUN, 'a/b.txt', digestOf(1), 5)]));
      await writer.commit(commitOf([putFile(RUN, 'a/b.txt', digestOf(2), 6)], { at: AT + 1 }));
      expect(await catalog.file(RUN, 'a/b.txt')).toEqual({
        path: 'a/b.txt',
        digest: digestOf(2),
        sizeBytes: 6,
        modifiedAt: AT + 1,
      });
      expect(await catalog.file(RUN, 'a')).toBeUndefined();
      expect(await catalog.file(RUN, 'a/c.txt')).toBeUndefined();
      expect(await catalog.isReferenced(digestOf(2))).toBe(true);
      expect(await catalog.isReferenced(digestOf(1))).toBe(false);
    });

    it('keeps the trees of owners apart', async ({ writer, catalog }) => {
      await writer.commit(
        commitOf([
          createRun(RUN.run),
          createModel(MODEL.model),
          putFile(RUN, 'x'),
          putFile(MODEL, 'y'),
          putFile(LOOSE, 'z'),
        ]),
      );
      const paths = async (owner: typeof RUN | typeof MODEL | typeof LOOSE) =>
        (await catalog.files(owner, '')).map((file) => file.path);
      expect([await paths(RUN), await paths(MODEL), await paths(LOOSE)]).toEqual([['x'], ['y'], ['z']]);
    });

    it('lists one level: directories first, each in code unit order', async ({ writer, catalog }) => {
      const paths = [
        'b',
        'a',
        'Z',
        'd/x',
        'd/y/z',
        'c/deep/er/f',
        '🎉',
        '\uffee',
        'd0',
        'ä',
        'a%2fb',
        '__proto__/constructor',
      ];
      await writer.commit(commitOf([createRun(RUN.run), ...paths.map((path) => putFile(RUN, path))]));
      const listed = async (folder: string) =>
        (await catalog.list(RUN, folder)).map((entry) =>
          entry.kind === 'file' ? entry.path : `${entry.path}/`,
        );
      expect(await listed('')).toEqual([
        '__proto__/',
        'c/',
        'd/',
        'Z',
        'a',
        'a%2fb',
        'b',
        'd0',
        'ä',
        '🎉',
        '\uffee',
      ]);
      expect(await listed('d')).toEqual(['d/y/', 'd/x']);
      expect(await listed('d/y')).toEqual(['d/y/z']);
      expect(await listed('__proto__')).toEqual(['__proto__/constructor']);
      expect(await listed('nothing')).toEqual([]);
      expect(await listed('d/x')).toEqual([]);
      expect((await catalog.list(RUN, 'd')).at(-1)).toEqual({
        kind: 'file',
        path: 'd/x',
        sizeBytes: 3,
        modifiedAt: AT,
      });
    });

    it('gives every file below a folder, by path', async ({ writer, catalog }) => {
      const paths = ['d/y/z', 'd/x', 'd0/x', 'D/x', 'd.x', 'd%/x', 'd_/x'];
      await writer.commit(commitOf([createRun(RUN.run), ...paths.map((path) => putFile(RUN, path))]));
      const below = async (folder: string) => (await catalog.files(RUN, folder)).map((file) => file.path);
      expect(await below('d')).toEqual(['d/x', 'd/y/z']);
      expect(await below('d%')).toEqual(['d%/x']);
      expect(await below('')).toEqual(paths.toSorted());
      expect(await below('d/x')).toEqual([]);
    });

    it('keeps the longest path there may be', async ({ writer, catalog }) => {
      // Nothing that an index could store shorter than it is.
      const words = Array.from({ length: 171 }, (_, n) => digestOf((n * 2_654_435_761) % 2 ** 32).slice(-8));
      const path = treePath(`${words.join('/').slice(0, 1536)}${'🎉文é'.repeat(56)}12345678`);
      expect(Buffer.byteLength(path)).toBe(2048);
      await writer.commit(commitOf([createRun(RUN.run), putFile(RUN, path)]));
      expect((await catalog.file(RUN, path))?.path).toBe(path);
      expect((await catalog.files(RUN, words[0] ?? '')).map((file) => file.path)).toEqual([path]);
    });

    it('refuses a file in the way of a folder and a path through a file', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN.run), putFile(RUN, 'a/b/c')]));
      for (const path of ['a', 'a/b', 'a/b/c/d', 'a/b/c/d/e']) {
        await expect(writer.commit(commitOf([putFile(RUN, path)]))).rejects.toMatchObject({
          code: 'conflict',
        });
      }
      await writer.commit(commitOf([putFile(RUN, 'a/b/cd'), putFile(RUN, 'a/b%')]));
      expect(await catalog.files(RUN, '')).toHaveLength(3);
    });

    it('deletes a file or all below a folder', async ({ writer, catalog }) => {
      const remove = (path: string): Change => ({ kind: 'delete-files', owner: RUN, path });
      await writer.commit(
        commitOf([
          createRun(RUN.run),
          ...['a/b', 'a/c/d', 'ab', 'a%', 'x'].map((path) => putFile(RUN, path)),
        ]),
      );
      await writer.commit(commitOf([remove('a'), remove('x')]));
      expect((await catalog.files(RUN, '')).map((file) => file.path)).toEqual(['a%', 'ab']);
      expect((await catalog.list(RUN, '')).map((entry) => entry.path)).toEqual(['a%', 'ab']);
      await expect(writer.commit(commitOf([remove('a')]))).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'file' },
      });
      await writer.commit(commitOf([putFile(RUN, 'a')]));
    });

    it('touches the run that owns the files', async ({ writer, catalog, feed }) => {
      await writer.commit(commitOf([createRun(RUN.run)]));
      const { sequence } = await writer.commit(commitOf([putFile(RUN, 'a')], { at: AT + 2 }));
      expect(await catalog.run(RUN.run)).toMatchObject({ sequence, changedAt: AT + 2 });
      expect(feed.since(sequence - 1)?.[0]?.runs[0]).toMatchObject({ run: RUN.run, isDocument: true });
    });

    it('refuses an owner that is not there', async ({ writer }) => {
      await expect(writer.commit(commitOf([putFile(RUN, 'a')]))).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'run' },
      });
      await expect(writer.commit(commitOf([putFile(MODEL, 'a')]))).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'model' },
      });
    });
  });
}
