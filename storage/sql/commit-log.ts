// The log of commits that several processes on one database keep up with: one entry per transaction of any of them.
// Positions are given under the lock of one row, which a transaction takes first and holds to its end. So entries
// become visible in the order of their positions, without gaps: whoever has read through n misses nothing before it.
import type { CommitEvent, TouchedRun } from '#core/tracking/ports/writer.ts';
import { type Connection, postpone } from './connection.ts';
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
  await postpone(write, 'INSERT INTO commit_log (position, server, at, entry) VALUES (?, ?, ?, ?)', [
    position,
    server,
    at,
    encodeNews(news),
  ]);
  if (position % APPENDS_BETWEEN_PURGES !== 0) return;
  await postpone(write, 'DELETE FROM commit_log WHERE position <= ? OR (position <= ? AND at < ?)', [
    position - MOST_KEPT,
    position - LEAST_KEPT,
    at - KEPT_MS,
  ]);
}

export interface LogEntry {
  readonly position: number;
  readonly entry: string;
}

/** The entries after a position, in order; not all of them when there are too many to catch up with. */
export async function readEntries(connection: Connection, after: number): Promise<readonly LogEntry[]> {
  return connection.query<LogEntry>(
    `SELECT position, entry FROM commit_log WHERE position > ? ORDER BY position LIMIT ${MOST_ENTRIES_READ}`,
    [after],
  );
}

/** The end of the log and its entries after a position, likewise, of one moment. */
export async function readLog(
  connection: Connection,
  after: number,
): Promise<{ readonly through: number; readonly entries: readonly LogEntry[] }> {
  const rows = await connection.query<{ through: number } & (LogEntry | { position: null })>(
    `SELECT e.position AS through, l.position, l.entry FROM commit_log_end e
      LEFT JOIN commit_log l ON l.position > ? WHERE e.id = 1 ORDER BY l.position LIMIT ${MOST_ENTRIES_READ}`,
    [after],
  );
  return { through: rows[0]?.through ?? 0, entries: rows.filter((row) => row.position !== null) };
}

/** What the entries after one position through another say, in order; undefined when they are not all among these. */
export function newsIn(
  entries: readonly LogEntry[],
  { after, through }: { readonly after: number; readonly through: number },
): News | undefined {
  const rows = entries.filter(({ position }) => position > after && position <= through);
  return rows.length === through - after ? together(rows) : undefined;
}

/** The events of the last entries, oldest first: for a feed that begins now. */
export async function lastEvents(connection: Connection, through: number): Promise<readonly CommitEvent[]> {
  const rows = await connection.query<{ entry: string }>(
    'SELECT entry FROM commit_log WHERE position > ? AND position <= ? ORDER BY position',
    [through - MOST_ENTRIES_READ, through],
  );
  return rows.flatMap(({ entry }) => decodeNews(entry).events);
}

/** Undefined when one was written by a version that did not tell what is in the journal. */
function together(rows: readonly { readonly entry: string }[]): News | undefined {
  const all = rows.map(({ entry }) => decodeNews(entry));
  if (all.some(({ journal }) => journal === undefined)) return undefined;
  return {
    events: all.flatMap(({ events }) => events),
    purged: all.flatMap(({ purged }) => purged),
    sealed: all.flatMap(({ sealed }) => sealed),
    journal: all.flatMap(({ journal = [] }) => journal),
  };
}

/** As JSON. Lists of metrics are kept once: the commits of a group usually name the same ones, up to thousands. */
interface Entry extends Omit<News, 'events' | 'journal'>, Partial<Pick<News, 'journal'>> {
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

function decodeNews(text: string): Omit<News, 'journal'> & Pick<Entry, 'journal'> {
  const { metrics, events, ...rest } = JSON.parse(text) as Entry;
  return {
    ...rest,
    events: events.map((event) => ({
      ...event,
      runs: event.runs.map((run) => ({ ...run, metrics: metrics[run.metrics] ?? [] })),
    })),
  };
}
