// The log of commits that several processes on one database keep up with: one entry per transaction of any of them.
// Positions are given under the lock of one row, which a transaction takes first and holds to its end. So entries
// become visible in the order of their positions, without gaps: whoever has read through n misses nothing before it.
import type { CommitEvent, TouchedRun } from '#core/tracking/ports/writer.ts';
import type { Connection } from './connection.ts';
import { migration, type Migration } from './migrations.ts';
import type { News } from './participants.ts';

/** A process that is farther behind than this opens anew: the journal that it then reads is bounded, too. */
const MOST_ENTRIES_READ = 1000;
/** Entries of the last minutes stay, so that a page which changes its server goes on where it was … */
const KEPT_MS = 10 * 60_000;
/** … but never fewer, for a process that was paused, and never more: at 300 groups a second these are 17 s. */
const LEAST_KEPT = 1000;
const MOST_KEPT = 5000;
const APPENDS_BETWEEN_PURGES = 64;

export const commitLogMigrations: readonly Migration[] = [
  migration('commit-log-0001', ({ integer, text }) => [
    `CREATE TABLE commit_log (
      position ${integer} PRIMARY KEY,
      server ${text} NOT NULL,
      at ${integer} NOT NULL,
      entry ${text} NOT NULL
    )`,
    `CREATE TABLE commit_log_end (
      id ${integer} PRIMARY KEY,
      position ${integer} NOT NULL
    )`,
    `INSERT INTO commit_log_end (id, position) VALUES (1, 0)`,
  ]),
];

/** The position of the last entry as the connection sees it, 0 in an empty log. */
export async function lastPosition(connection: Connection): Promise<number> {
  const [row] = await connection.query<{ position: number }>(
    'SELECT position FROM commit_log_end WHERE id = 1',
  );
  return row?.position ?? 0;
}

/** Waits until no other process is within its transaction, and keeps the others out until this one ends. */
export async function takePosition(write: Connection): Promise<number> {
  const [row] = await write.query<{ position: number }>(
    'UPDATE commit_log_end SET position = position + 1 WHERE id = 1 RETURNING position',
  );
  return row?.position ?? 0;
}

/** @param entry.at milliseconds UTC. */
export async function appendEntry(
  write: Connection,
  position: number,
  { server, at, news }: { readonly server: string; readonly at: number; readonly news: News },
): Promise<void> {
  await write.query('INSERT INTO commit_log (position, server, at, entry) VALUES (?, ?, ?, ?)', [
    position,
    server,
    at,
    encodeNews(news),
  ]);
  if (position % APPENDS_BETWEEN_PURGES !== 0) return;
  await write.query('DELETE FROM commit_log WHERE position <= ? OR (position <= ? AND at < ?)', [
    position - MOST_KEPT,
    position - LEAST_KEPT,
    at - KEPT_MS,
  ]);
}

/** What the entries after one position through another say, in order; undefined when they are not all there. */
export async function readNews(
  connection: Connection,
  { after, through }: { readonly after: number; readonly through: number },
): Promise<News | undefined> {
  if (through < after || through - after > MOST_ENTRIES_READ) return undefined;
  const rows = await connection.query<{ entry: string }>(
    'SELECT entry FROM commit_log WHERE position > ? AND position <= ? ORDER BY position',
    [after, through],
  );
  return rows.length === through - after ? together(rows) : undefined;
}

/** The events of the last entries, oldest first: for a feed that begins now. */
export async function lastEvents(connection: Connection, through: number): Promise<readonly CommitEvent[]> {
  const rows = await connection.query<{ entry: string }>(
    'SELECT entry FROM commit_log WHERE position > ? AND position <= ? ORDER BY position',
    [through - MOST_ENTRIES_READ, through],
  );
  return together(rows).events;
}

function together(rows: readonly { readonly entry: string }[]): News {
  const all = rows.map(({ entry }) => decodeNews(entry));
  return {
    events: all.flatMap(({ events }) => events),
    purged: all.flatMap(({ purged }) => purged),
    sealed: all.flatMap(({ sealed }) => sealed),
  };
}

/** As JSON. Lists of metrics are kept once: the commits of a group usually name the same ones, up to thousands. */
interface Entry extends Omit<News, 'events'> {
  readonly metrics: readonly (readonly string[])[];
  readonly events: readonly (Omit<CommitEvent, 'runs'> & {
    readonly runs: readonly (Omit<TouchedRun, 'metrics'> & { readonly metrics: number })[];
  })[];
}

function encodeNews({ events, ...rest }: News): string {
  const lists = new Map<string, number>();
  const metrics: (readonly string[])[] = [];
  const indexOf = (list: readonly string[]): number => {
    const key = JSON.stringify(list);
    let index = lists.get(key);
    if (index === undefined) {
      index = metrics.push(list) - 1;
      lists.set(key, index);
    }
    return index;
  };
  const entry: Entry = {
    ...rest,
    metrics,
    events: events.map((event) => ({
      ...event,
      runs: event.runs.map((run) => ({ ...run, metrics: indexOf(run.metrics) })),
    })),
  };
  return JSON.stringify(entry);
}

function decodeNews(text: string): News {
  const { metrics, events, ...rest } = JSON.parse(text) as Entry;
  return {
    ...rest,
    events: events.map((event) => ({
      ...event,
      runs: event.runs.map((run) => ({ ...run, metrics: metrics[run.metrics] ?? [] })),
    })),
  };
}
