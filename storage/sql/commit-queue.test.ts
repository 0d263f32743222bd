import { expect, test } from 'vitest';
import { commitOf, logPoints, runIdOf, setTags } from '#storage/conformance/sample-changes.ts';
import { CommitQueue } from './commit-queue.ts';

const small = commitOf([setTags(runIdOf(1), { a: 'b' })]);
const large = commitOf([setTags(runIdOf(1), { a: 'x'.repeat(10_000) })]);

test('refuses what would wait beyond the limit, and takes again once there is room', () => {
  const queue = new CommitQueue({ queueBytes: 30_000, groupBytes: 1e9 });
  void queue.add(large);
  expect(() => void queue.add(large)).toThrow(
    expect.objectContaining({ code: 'unavailable', details: { retryAfterSeconds: 1 } }),
  );
  void queue.add(small);
  expect(queue.take()).toHaveLength(2);
  void queue.add(large);
  expect(queue.isEmpty).toBe(false);
});

test('a commit of any size is taken when nothing waits', () => {
  const queue = new CommitQueue({ queueBytes: 10, groupBytes: 10 });
  const steps = Array.from({ length: 1000 }, (_, step) => ['loss', step, 1] as const);
  void queue.add(commitOf([logPoints({ kind: 'run', run: runIdOf(1) }, steps)]));
  expect(queue.take()).toHaveLength(1);
});

test('groups are cut at their limit, in order of arrival', () => {
  const queue = new CommitQueue({ queueBytes: 1e9, groupBytes: 45_000 });
  for (let i = 0; i < 5; i += 1) void queue.add(large);
  expect([queue.take().length, queue.take().length, queue.take().length, queue.isEmpty]).toEqual([
    2,
    2,
    1,
    true,
  ]);
});
