import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import { commitOf, createRun, logPoints, runIdOf, setTags } from '#storage/conformance/sample-changes.ts';
import { openSqliteStore, type EmbeddedStoreOptions } from './embedded-store.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;

test('a commit that meets a bug does not take those that arrived with it along', async () => {
  const { writer, catalog, series } = await freshStore();
  await writer.commit(commitOf([createRun(RUN)]));
  // The wires refuse such a time at the door; here it reaches a column that must not be NULL.
  const poison = commitOf([logPoints(OWNER, [['loss', 9, 9]]), createRun(runIdOf(2), { startedAt: NaN })]);
  const outcomes = await Promise.allSettled([
    writer.commit(commitOf([setTags(RUN, { a: '1' }), logPoints(OWNER, [['loss', 1, 1]])])),
    writer.commit(poison),
    writer.commit(commitOf([setTags(RUN, { b: '2' })])),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).not.toMatchObject({ reason: expect.any(Fault) });
  const run = await catalog.run(RUN);
  expect([run?.tags.get('a'), run?.tags.get('b')]).toEqual(['1', '2']);
  expect([...(await series.read({ owner: OWNER, metric: 'loss' })).steps]).toEqual([1]);
  expect(await catalog.run(runIdOf(2))).toBeUndefined();
});

test('a queue that is full refuses at once and says when to come back', async () => {
  const { writer, catalog } = await freshStore({ limits: { queueBytes: 10_000 } });
  await writer.commit(commitOf([createRun(RUN)]));
  const large = (key: string) => writer.commit(commitOf([setTags(RUN, { [key]: 'x'.repeat(3000) })]));
  const [first, second] = await Promise.allSettled([large('a'), large('b')]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { code: 'unavailable', details: { retryAfterSeconds: 1 } } });
  await large('c');
  expect([...((await catalog.run(RUN))?.tags.keys() ?? [])].toSorted()).toEqual(['a', 'c', 'mlflow.runName']);
});

test('a stopping store finishes what was begun and refuses what comes after', async () => {
  const store = await freshStore();
  const begun = store.writer.commit(commitOf([createRun(RUN)]));
  await store.close();
  expect((await begun).sequence).toBe(1);
  await expect(store.writer.commit(commitOf([]))).rejects.toMatchObject({ code: 'unavailable' });
});

async function freshStore(options: Partial<EmbeddedStoreOptions> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-neighbours-'));
  const store = await openSqliteStore({ directory, onFatal: () => undefined, ...options });
  onTestFinished(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });
  return store;
}
