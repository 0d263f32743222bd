import type { WebSocket } from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { LIVE_PATH, liveRequest, type LiveEvent } from '#core/contract/live.ts';
import type { CommitEvent, CommitFeed } from '#core/tracking/ports/writer.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import { coalesce, type Watched } from './wire/coalesce.ts';

/** At most four messages a second: an eye sees no more, and a fast logger must not drown a page. */
const INTERVAL_MS = 250;
/** A page that reads slower than this piles up is cut off; it comes back with its cursor. */
const UNREAD_LIMIT_BYTES = 8 * 1024 * 1024;

/** One WebSocket a tab. The server checks Origin before any route is reached. */
export async function liveRoute(scope: FastifyInstance, edge: Edge): Promise<void> {
  scope.get(LIVE_PATH, { websocket: true, config: { permission: 'run:read' } }, (socket) => {
    watch(socket, edge.ports.feed);
  });
}

function watch(socket: WebSocket, feed: CommitFeed): void {
  let watched: Watched | undefined;
  let waiting: CommitEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const say = (event: LiveEvent): void => {
    if (socket.bufferedAmount > UNREAD_LIMIT_BYTES) socket.terminate();
    else socket.send(JSON.stringify(event));
  };

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting;
    waiting = [];
    const changed = watched && coalesce(events, watched);
    if (changed) say(changed);
  };
  const end = feed.subscribe((event) => {
    if (!watched) return;
    waiting.push(event);
    timer ??= setTimeout(flush, INTERVAL_MS);
  });

  socket.on('message', (data: Buffer) => {
    const asked = liveRequest.safeParse(parse(data));
    if (!asked.success) {
      socket.close(1008, 'not a watch request');
      return;
    }
    const { home, projects, runs, cursor } = asked.data;
    watched = { home, projects: new Set(projects), runs: new Set(runs) };
    if (cursor !== undefined) {
      const missed = /^\d{1,15}$/.test(cursor) ? feed.since(Number(cursor)) : undefined;
      if (missed) waiting = [...missed];
      else say({ kind: 'reset', cursor: String(feed.latest()) });
    }
    // What was missed comes first: a client that has the new cursor has everything before it.
    flush();
    say({ kind: 'watching', cursor: String(feed.latest()) });
  });
  socket.on('close', () => {
    clearTimeout(timer);
    end();
  });
}

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
