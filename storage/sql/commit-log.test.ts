import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import {
  appendEntry,
  commitLogMigrations,
  lastPosition,
  newsIn,
  readEntries,
  takePosition,
} from './commit-log.ts';
import { migrate } from './migrations.ts';
import type { News } from './participants.ts';
import { SqliteConnection } from './sqlite/sqlite-connection.ts';

const MINUTE = 60_000;
const RECORD = {
  sequence: 4,
  bytes: 99,
  points: 3,
  owners: ['a'.repeat(32)],
  made: [{ owner: 7, key: 'a'.repeat(32), series: [[9, 'loss']] }],
} as const;

test('what is appended is read as it was, in its order', async () => {
  const log = await freshLog();
  const wide = Array.from({ length: 1000 }, (_, i) => `metric "${i}"/损失`);
  const first: News = {
    events: [eventOf(1, wide), eventOf(2, wide), { ...eventOf(3, []), projects: ['__proto__'] }],
    purged: [7],
    sealed: [],
    journal: [],
  };
  const second: News = {
    events: [],
    purged: [],
    sealed: [{ series: [1, 2, 3], counts: [1, 1, 5], mark: 3, through: 2 }],
    journal: [RECORD],
  };
  await append(log, [first, second], 0);
  const news = await readNews(log, { after: 0, through: 2 });
  expect(news).toEqual({ events: first.events, purged: [7], sealed: second.sealed, journal: [RECORD] });
  expect(await readNews(log, { after: 1, through: 2 })).toEqual(second);
  expect(await readNews(log, { after: 2, through: 2 })).toEqual({
    events: [],
    purged: [],
    sealed: [],
    journal: [],
  });
  const [row] = await log.query<{ length: number }>(
    'SELECT length(entry) AS length FROM commit_log WHERE position = 1',
  );
  expect(row?.length).toBeLessThan(2 * JSON.stringify(wide).length);
});

test('what does not reach back, was written by nobody yet, or is too much says so', async () => {
  const log = await freshLog();
  await append(
    log,
    Array.from({ length: 1200 }, (_, i) => newsOf(i + 1)),
    0,
  );
  expect(await readNews(log, { after: 100, through: 1200 })).toBeUndefined();
  expect(await readNews(log, { after: 1200, through: 1201 })).toBeUndefined();
  expect(await readNews(log, { after: 1201, through: 1200 })).toBeUndefined();
  await log.query('DELETE FROM commit_log WHERE position = 300');
  expect(await readNews(log, { after: 299, through: 400 })).toBeUndefined();
  expect((await readNews(log, { after: 300, through: 400 }))?.events).toHaveLength(100);
});

test('old entries go, but never the last thousand; young ones stay, but never more than some thousands', async () => {
  const log = await freshLog();
  await append(
    log,
    Array.from({ length: 2000 }, (_, i) => newsOf(i + 1)),
    0,
  );
  expect(await countOf(log)).toBe(2000);
  await append(
    log,
    Array.from({ length: 64 }, (_, i) => newsOf(i + 2001)),
    11 * MINUTE,
  );
  expect(await countOf(log)).toBe(1016);
  await append(
    log,
    Array.from({ length: 5000 }, (_, i) => newsOf(i + 2065)),
    12 * MINUTE,
  );
  expect(await countOf(log)).toBeLessThanOrEqual(5064);
  expect(await countOf(log)).toBeGreaterThanOrEqual(5000);
});

async function freshLog(): Promise<SqliteConnection> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-log-'));
  const connection = SqliteConnection.openWriter(join(folder, 'log.db'));
  onTestFinished(async () => {
    connection.close();
    await rm(folder, { recursive: true });
  });
  await migrate(connection, commitLogMigrations, { at: 0, backup: async () => undefined });
  return connection;
}

async function append(log: SqliteConnection, all: readonly News[], at: number): Promise<void> {
  await log.execute(log.begin);
  for (const news of all) {
    const before = await lastPosition(log);
    const position = await takePosition(log);
    expect(position).toBe(before + 1);
    await appendEntry(log, position, { server: 'one', at, news });
  }
  await log.execute('COMMIT');
}

async function readNews(log: SqliteConnection, range: { readonly after: number; readonly through: number }) {
  return newsIn(await readEntries(log, range.after), range);
}

async function countOf(log: SqliteConnection): Promise<number> {
  const [row] = await log.query<{ n: number }>('SELECT COUNT(*) AS n FROM commit_log');
  return row?.n ?? 0;
}

function newsOf(sequence: number): News {
  return { events: [eventOf(sequence, ['loss'])], purged: [], sealed: [], journal: [] };
}

function eventOf(sequence: number, metrics: readonly string[]): CommitEvent {
  const run = { run: 'a'.repeat(32), project: '0', isDocument: false, metrics };
  return { sequence, projects: [], runs: [run], models: [] };
}
