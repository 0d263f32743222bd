import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Commit } from '#core/tracking/ports/change.ts';
import { commitOf, runIdOf } from '#storage/conformance/sample-changes.ts';
import { encodeAggregates } from '#storage/series/codec/aggregate.ts';
import { placesOf, type SegmentRow } from '#storage/series/segments.ts';
import { diagnose, type Diagnose } from './diagnose.ts';
import { addFiles, filledStore, freshFolder, openStore, sql } from '../testing/stores.ts';

const LOSS = { owner: { kind: 'run', run: runIdOf(1) }, metric: 'loss' } as const;
const RUN_NAME = "run vision/1 'ünï 🎉'";

test('a sound store has no findings, in depth and while it is open', async () => {
  const { data, check } = await world();
  expect(await check({ deep: true })).toEqual([]);
  const store = await openStore(data);
  await addFiles(store, 'a', 1);
  await expect(check()).rejects.toMatchObject({ code: 'conflict' });
  expect(await check({ online: true, deep: true })).toEqual([]);
  await store.close();
});

test('a flipped byte in a segment is named; repair keeps all other points and other series', async () => {
  const { data, database, check, repair } = await world();
  const before = await pointsOf(data);
  const segments = rows(database);
  for (const { number, data: bytes } of segments) {
    const at = Math.floor(bytes.length / 3);
    setSegment(database, number, { data: flipped(bytes, at) });
  }
  const [first, ...others] = await check();
  expect(first).toMatchObject({ check: 'series', severity: 'error' });
  expect(first?.where).toContain(`metric 'loss' of ${RUN_NAME}`);
  expect([first?.what, others.length + 1]).toEqual([
    expect.stringMatching(/^segment 0: .*checksum/),
    segments.length,
  ]);
  const { repaired, left } = await repair();
  expect(left).toEqual([]);
  const lost = repaired.map(({ done }) => Number(/; (\d+) of its/.exec(done)?.[1]));
  const after = await pointsOf(data);
  expect(before.loss.length - after.loss.length).toBe(lost.reduce((sum, n) => sum + n, 0));
  expect(before.loss).toEqual(expect.arrayContaining(after.loss));
  // Only the chunk with the flipped byte is gone.
  expect(lost.every((points) => points >= 1 && points < 2048)).toBe(true);
  expect(after.other).toEqual(before.other);
  expect((await readdir(join(data, 'quarantine'))).length).toBe(segments.length);
});

test('a segment whose aggregates cannot be read goes as a whole, into a file', async () => {
  const { data, database, repair } = await world();
  const [segment] = rows(database) as [SegmentRow];
  setSegment(database, 0, { aggregates: flipped(segment.aggregates, 20) });
  const { findings, repaired, left } = await repair();
  expect(findings).toMatchObject([{ check: 'series', what: expect.stringContaining('segment 0') as string }]);
  expect(repaired[0]?.done).toMatch(/^moved segment 0 to quarantine\/segment-1-0.json; its points are lost/);
  expect(left).toEqual([]);
  const kept = JSON.parse(await readFile(join(data, 'quarantine', 'segment-1-0.json'), 'utf8')) as unknown[];
  expect(kept).toMatchObject([{ of: expect.stringContaining(RUN_NAME) as string, number: 0 }]);
  expect((await pointsOf(data)).loss.length).toBeGreaterThan(0);
});

test('aggregates and summaries that differ from the points are computed from them', async () => {
  const { data, database, repair } = await world();
  const before = await pointsOf(data);
  const [segment] = rows(database) as [SegmentRow];
  const wrong = placesOf(segment).map(({ record }) => ({ ...record, max: record.max + 1 }));
  setSegment(database, 0, { aggregates: encodeAggregates(wrong) });
  const [{ summary }] = sql(database, 'SELECT summary FROM series WHERE id = 1') as [{ summary: Uint8Array }];
  sql(database, 'UPDATE series SET summary = ?, segments = 1 WHERE id = 1', flipped(summary, 20));
  const { findings, left } = await repair();
  expect(findings.map(({ what }) => what)).toEqual([
    'the aggregates of segment 0 differ from its points',
    expect.stringMatching(/next segment is said to be 1/),
    'last, min or max differ from the points',
  ]);
  expect(left).toEqual([]);
  expect(await pointsOf(data)).toEqual(before);
});

test('a damaged journal record stops the start, is named, and after repair the rest is there', async () => {
  const { data, database, check, repair } = await world();
  const before = await pointsOf(data);
  const [record] = sql(database, 'SELECT * FROM series_journal ORDER BY sequence LIMIT 1') as [
    { sequence: number; record: Uint8Array },
  ];
  sql(
    database,
    'UPDATE series_journal SET record = ? WHERE sequence = ?',
    flipped(record.record, record.record.length - 3),
    record.sequence,
  );
  await expect(openStore(data)).rejects.toMatchObject({ code: 'corrupt' });
  expect(await check()).toMatchObject([
    {
      check: 'journal',
      where: `the points of commit ${record.sequence}`,
      what: expect.stringMatching(/checksum/),
    },
  ]);
  const { repaired, left } = await repair();
  expect([repaired[0]?.done, left]).toEqual([expect.stringMatching(/not sealed yet are lost$/), []]);
  const after = await pointsOf(data);
  expect(after.loss.length).toBeLessThan(before.loss.length);
  expect(after.other).toEqual(before.other);
});

test('a missing, shorter or changed file is named with its run; only depth reads the bytes', async () => {
  const { data, check, repair } = await world();
  const blobs = (await readdir(join(data, 'blobs'), { recursive: true })).filter((name) => name.length > 64);
  const small = join(data, 'blobs', blobs.find((name) => name.startsWith('90')) ?? '');
  const bytes = await readFile(small);
  await writeFile(small, flipped(bytes, 2));
  expect(await check()).toEqual([]);
  expect(await check({ deep: true })).toMatchObject([
    { check: 'files', severity: 'error', what: expect.stringMatching(/^its bytes are damaged/) },
  ]);
  await writeFile(small, bytes.subarray(1));
  expect(await check()).toMatchObject([{ what: expect.stringMatching(/^has 7 of 8 bytes/) }]);
  await rm(small);
  const [finding] = await check();
  expect(finding?.where).toMatch(/^file '.*' of (run|files)/);
  expect(finding?.what).toMatch(/^its bytes are gone/);
  expect((await repair()).left).toHaveLength(1);
});

test('a flipped page of the database is found, and nothing is made worse', async () => {
  const { database, check, repair } = await world();
  const bytes = await readFile(database);
  const size = 4096;
  let found = 0;
  for (let page = 1; page < bytes.length / size; page += 1) {
    // The header of a page of a tree: its kind and number of cells.
    if (![2, 5, 10, 13].includes(bytes[page * size] ?? 0)) continue;
    await writeFile(database, bytes.with(page * size, 0xff));
    const findings = await check();
    if (findings.some(({ severity }) => severity === 'error')) found += 1;
    else expect(findings).toEqual([]);
  }
  expect(found).toBeGreaterThan(20);
  await writeFile(database, bytes.subarray(0, 20));
  expect(await check()).toMatchObject([
    { check: 'database', what: expect.stringMatching(/Restore a backup/) },
  ]);
  expect((await repair()).left).toHaveLength(1);
});

test('an index that lost a row is built anew', async () => {
  const { database, repair } = await world();
  sql(database, "DELETE FROM series WHERE metric = 'nothing'");
  const [{ sql: made }] = sql(database, "SELECT sql FROM sqlite_master WHERE name = 'run_started'") as [
    { sql: string },
  ];
  // An index over fewer rows than the table has, under the name and text of the real one.
  breakIndex(database, made);
  const { findings, left } = await repair();
  expect(findings[0]).toMatchObject({ check: 'database', remedy: { kind: 'reindex' } });
  expect(left).toEqual([]);
});

test('counters that lag, rows of nobody and dangling references are found and put right', async () => {
  const { data, database, repair } = await world();
  sql(database, "UPDATE counter SET value = 1 WHERE name IN ('sequence', 'runs of 1')");
  sql(database, 'UPDATE series SET owner = 99 WHERE id = 6');
  sql(database, `UPDATE tree_file SET owner = 'run:${'e'.repeat(32)}' WHERE path = 'old.txt'`);
  const { findings, left } = await repair();
  const found = findings.map(({ where, what }) => `${where} ${what}`);
  expect(found).toEqual([
    expect.stringMatching(/^counter 'sequence' stands at 1/),
    expect.stringMatching(/^counter 'runs of 1' stands at 1, but 2 is in use/),
    'series 6 belongs to nobody',
    expect.stringMatching(/^run e+, which is not there has files/),
  ]);
  expect(left).toEqual([]);
  const store = await openStore(data);
  expect(store.feed.latest()).toBeGreaterThan(1);
  // Points of other series that share a record of the journal with it are still there.
  expect((await store.series.read({ ...LOSS, metric: 'val/auc' })).steps).toHaveLength(4);
  await store.close();
});

test('a changed, dropped or unreadable entry of the audit log is named, and nothing is done about it', async () => {
  const { data, database, check, repair } = await world();
  const store = await openStore(data);
  const names = ['Ana', 'Ben', 'Eve'];
  for (const name of names) await store.writer.commit(audited(name));
  await store.close();
  expect(await check()).toEqual([]);
  const [first = 0, second = 0] = (
    sql(database, 'SELECT number FROM audit_entry ORDER BY number DESC LIMIT 3') as { number: number }[]
  )
    .map(({ number }) => number)
    .toReversed();
  const named = (number: number) => [
    { check: 'audit', severity: 'error', where: `audit log, entry ${number}` },
  ];
  const write = (column: string, value: string) =>
    sql(database, `UPDATE audit_entry SET ${column} = ? WHERE number = ?`, value, second);
  write('subject', 'account Bem');
  expect(await check()).toMatchObject(named(second));
  expect((await repair()).left).toMatchObject(named(second));
  write('subject', 'account Ben');
  expect(await check()).toEqual([]);
  write('details', '[["name","Ben"');
  expect(await check({ online: true })).toMatchObject(named(second));
  sql(database, 'DELETE FROM audit_entry WHERE number = ?', first);
  expect(await check()).toMatchObject(named(first));
});

test('leftovers are notes; repair removes blobs without a name only after the grace period', async () => {
  const { data, check, repair } = await world();
  const name = 'a'.repeat(64);
  const blob = join(data, 'blobs', 'aa', name);
  await mkdir(join(data, 'blobs', 'aa'), { recursive: true });
  await writeFile(blob, 'x');
  await writeFile(join(data, 'blobs', 'aa', 'odd'), 'x');
  await mkdir(join(data, 'tmp'), { recursive: true });
  await writeFile(join(data, 'tmp', 'half'), 'x');
  const found = await check();
  expect(found.map(({ severity, where }) => `${severity} ${where}`).toSorted()).toEqual([
    `note blobs/aa/${name}`,
    'note blobs/aa/odd',
    'note tmp/half',
  ]);
  expect((await repair()).left.map(({ where }) => where)).toEqual([`blobs/aa/${name}`]);
  await utimes(blob, new Date(0), new Date(0));
  expect((await repair()).left).toEqual([]);
  expect(await readdir(join(data, 'blobs', 'aa'))).toEqual([]);
});

async function world() {
  const data = await filledStore(join(await freshFolder(), 'data'));
  const now = Date.now;
  return {
    data,
    database: join(data, 'cairn.db'),
    check: async (ask: Partial<Diagnose> = {}) => (await diagnose({ data, now, ...ask })).findings,
    repair: () => diagnose({ data, now, repair: true }),
  };
}

function audited(name: string): Commit {
  const note = { action: 'account.created', subject: `account ${name}`, details: { name } } as const;
  return commitOf([{ kind: 'record-audit', note }]);
}

function rows(database: string): SegmentRow[] {
  return sql(
    database,
    'SELECT number, aggregates, data FROM series_segment WHERE series = 1',
  ) as SegmentRow[];
}

function setSegment(database: string, number: number, columns: Partial<SegmentRow>): void {
  for (const [column, bytes] of Object.entries(columns)) {
    const change = `UPDATE series_segment SET ${column} = ? WHERE series = 1 AND number = ?`;
    sql(database, change, bytes, number);
  }
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return Uint8Array.from(bytes).with(at, (bytes[at] as number) ^ 0x10);
}

/** Replaces the index's text by one that no row meets, empties it, and puts the text back. */
function breakIndex(database: string, made: string): void {
  sql(database, 'PRAGMA user_version');
  const narrow = made.replace(/WHERE .*/, "WHERE id = 'nobody'");
  sql(database, 'DROP INDEX run_started');
  sql(database, narrow);
  rewriteSchema(database, made);
}

function rewriteSchema(database: string, made: string): void {
  // One connection: writable_schema is its own setting.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const connection = new DatabaseSync(database, { defensive: false });
  connection.exec('PRAGMA writable_schema = ON');
  connection.prepare("UPDATE sqlite_master SET sql = ? WHERE name = 'run_started'").run(made);
  connection.close();
}

async function pointsOf(data: string): Promise<{ loss: string[]; other: string[] }> {
  const store = await openStore(data);
  const read = async (metric: string) => {
    const { steps, times, values } = await store.series.read({ ...LOSS, metric });
    return Array.from(steps, (step, i) => `${step} ${times[i]} ${values[i]}`);
  };
  const points = { loss: await read('loss'), other: await read('val/auc') };
  await store.close();
  return points;
}
