import { expect, test } from 'vitest';
import { commitOf } from '#storage/conformance/sample-changes.ts';
import { storeSuite } from '#storage/conformance/store-suite.ts';
import { uploadSuite } from '#storage/conformance/upload-suite.ts';
import { memoryStore } from './memory-store.ts';

storeSuite('memory', async () => memoryStore());
uploadSuite('memory', async () => {
  const { uploads } = memoryStore();
  return { uploads, again: async () => uploads };
});

test('forgets events beyond its limit and says so', async () => {
  const { writer, feed } = memoryStore({ keptCommits: 3 });
  for (let i = 0; i < 10; i += 1) await writer.commit(commitOf([]));
  expect(feed.since(1)).toBeUndefined();
  expect(feed.since(7)?.map((event) => event.sequence)).toEqual([8, 9, 10]);
});
