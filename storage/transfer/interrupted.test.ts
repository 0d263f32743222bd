import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, sql } from '#storage/care/testing/stores.ts';
import {
  commitOf,
  createRun,
  logPoints,
  putFile,
  runIdOf,
  setTags,
} from '#storage/conformance/sample-changes.ts';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { seeded } from '#tests/crash/seeded.ts';
import { fillStore } from '#tests/upgrade/fill-store.ts';
import { storePlace, type StorePlace } from './store-place.ts';
import { contentOf, freshDirectory, openAt, readAt, runTransfer } from './testing/stores.ts';
import { transferStore } from './transfer-store.ts';

const SEED = 11;
const KILLS = 3;
/** Of the rows' forty, for three times. */
const MOST_STEPS = 8;
const SLOW = { timeout: 240_000 };

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test(
  'killed again and again, a transfer goes on where it was, and no server opens half of it',
  SLOW,
  async () => {
    const random = seeded(SEED);
    const source = await filledDirectory();
    const { url } = await server.freshDatabase();
    const blobs = await freshFolder();
    const target = storePlace(url, blobs);
    const back = await freshDirectory();
    const before = await readAt(source, contentOf);
    const legs: readonly (readonly [from: string, to: string, place: StorePlace])[] = [
      [pathOf(source), url, target],
      [url, back, storePlace(back, undefined)],
    ];
    for (const [from, to, place] of legs) {
      let reached = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const { steps, end } = await runTransfer([from, to, blobs], 3 + Math.floor(random() * MOST_STEPS));
        expect(end).toBe('SIGKILL');
        // The first step of rows tells what the earlier runs had made durable.
        const found = rowsTold(steps)[0] ?? 0;
        expect(found).toBeGreaterThanOrEqual(reached);
        reached = found;
        await closedTo(place);
      }
      expect(reached).toBeGreaterThan(0);
      const last = await runTransfer([from, to, blobs]);
      expect(last.end).toBe('done');
      expect(await readAt(place, contentOf)).toEqual(before);
    }
  },
);

test('a database that goes away stops the transfer in a sentence, and it goes on later', SLOW, async () => {
  const source = await filledDirectory();
  const { url } = await server.freshDatabase();
  const ask = { from: source, to: storePlace(url, await freshFolder()), pageBytes: 4096 };
  let steps = 0;
  const stopped = transferStore({
    ...ask,
    onProgress: ({ stage }) => {
      if (stage === 'rows' && (steps += 1) === 10) endSessions(url);
    },
  });
  await expect(stopped).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('goes on where this one stopped') as string,
  });
  expect(await transferStore(ask)).toMatchObject({ resumed: true });
  expect(await readAt(ask.to, contentOf)).toEqual(await readAt(source, contentOf));
});

test('a row that is damaged in the target is found before any server opens it', SLOW, async () => {
  const source = await filledDirectory();
  const directory = await freshDirectory();
  const damaged = transferStore({
    from: source,
    to: storePlace(directory, undefined),
    onProgress: ({ stage, done }) => {
      if (stage !== 'blobs' || done !== 1) return;
      sql(`${directory}/cairn.db`, "UPDATE run SET name = name || 'x' WHERE number = 1 AND project = '0'");
      sql(
        `${directory}/cairn.db`,
        'DELETE FROM series_journal WHERE sequence = (SELECT max(sequence) FROM series_journal)',
      );
    },
  });
  await expect(damaged).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringMatching(/'run' \(\d+ rows in the source, \d+ in the target\)/) as string,
  });
  await expect(damaged).rejects.toThrow(/'series_journal' \((\d+) rows/);
  await closedTo(storePlace(directory, undefined));
});

test('a source that was written to after its transfer began is told, not mixed', SLOW, async () => {
  const source = await filledDirectory();
  const { url } = await server.freshDatabase();
  const blobs = await freshFolder();
  expect((await runTransfer([pathOf(source), url, blobs], 5)).end).toBe('SIGKILL');
  await readAt(source, (store) => store.writer.commit(commitOf([setTags(runIdOf(1), { later: 'yes' })])));
  const again = transferStore({ from: source, to: storePlace(url, blobs) });
  await expect(again).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('written to after') as string,
  });
  const other = await filledDirectory();
  await expect(transferStore({ from: other, to: storePlace(url, blobs) })).rejects.toThrow(/Another store/);
  await expect(transferStore({ from: storePlace(url, blobs), to: other })).rejects.toThrow(/not whole/);
});

test('a missing or damaged file of the source is named, and keeps nothing else from being moved', async () => {
  const source = await filledDirectory();
  const digest = 'ab'.repeat(32);
  await readAt(source, (store) =>
    store.writer.commit(commitOf([putFile({ kind: 'loose' }, 'lost', digest as never)])),
  );
  const to = storePlace(await freshDirectory(), undefined);
  const { blobs } = await transferStore({ from: source, to });
  expect(blobs).toMatchObject({ copied: 2, damaged: [digest] });
});

async function closedTo(place: StorePlace): Promise<void> {
  // The database may not have noticed yet that the process is gone, and says then that the store is being moved.
  for (let tries = 20; ; tries -= 1) {
    const refusal: unknown = await openAt(place).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'conflict' });
    const { message } = refusal as Error;
    if (tries === 0 || message.includes('not whole'))
      return expect(message).toMatch(/'cairn migrate' into it/);
    await sleep(100);
  }
}

/** While this thread waits, so that the next statement meets it. */
function endSessions(url: string): void {
  const program = `const client = new (require('pg').Client)({ connectionString: process.argv[1] });
    client.connect()
      .then(() => client.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'cairn'"))
      .then(() => client.end());`;
  execFileSync(process.execPath, ['-e', program, url], { cwd: import.meta.dirname });
}

function rowsTold(steps: readonly string[]): readonly number[] {
  return steps.filter((step) => step.startsWith('rows ')).map((step) => Number(step.split(' ')[1]));
}

function pathOf(place: StorePlace): string {
  return place.kind === 'directory' ? place.directory : '';
}

/** Some hundred pages of the program's size. */
async function filledDirectory(): Promise<StorePlace> {
  const place = storePlace(await freshDirectory(), undefined);
  await readAt(place, async (store) => {
    await fillStore(store);
    for (let n = 20; n < 60; n += 1) {
      const owner = { kind: 'run', run: runIdOf(n) } as const;
      const rows = Array.from({ length: 200 }, (_, step) => ['noise', step, Math.sin(n * step)] as const);
      await store.writer.commit(commitOf([createRun(owner.run), logPoints(owner, rows)]));
    }
  });
  return place;
}
