import type { WebSocket } from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { LIVE_PATH, liveRequest, type LiveEvent } from '#core/contract/live.ts';
import { concerns } from '#core/tracking/access/concerns.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import { visibleEvents } from '#core/tracking/access/visible-events.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import { coalesce, type Watched } from './wire/coalesce.ts';

/** At most four messages a second: an eye sees no more, and a fast logger must not drown a page. */
const INTERVAL_MS = 250;
/** A page that reads slower than this piles up is cut off; it comes back with its cursor. */
const UNREAD_LIMIT_BYTES = 8 * 1024 * 1024;
/** "Try again later" in the registry of RFC 6455: the page connects again. */
const COME_BACK = 1013;
/** The longest that a timer waits; a page that comes back after 24 days for nothing does not mind. */
const TIMER_LIMIT_MS = 2 ** 31 - 1;

/** One WebSocket a tab. The server checks Origin before any route is reached. */
export async function liveRoute(scope: FastifyInstance, edge: Edge): Promise<void> {
  scope.get(LIVE_PATH, { websocket: true, config: { permission: 'run:read' } }, (socket, request) => {
    watch(socket, edge.ports, request.principal);
  });
}

function watch(
  socket: WebSocket,
  ports: Pick<Ports, 'catalog' | 'registry' | 'feed' | 'clock'>,
  principal: Principal,
): void {
  const { feed, clock } = ports;
  const visible = visibleEvents(ports, principal);
  let watched: Watched | undefined;
  let waiting: CommitEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const say = (event: LiveEvent): void => {
    if (socket.bufferedAmount > UNREAD_LIMIT_BYTES) socket.terminate();
    else socket.send(JSON.stringify(event));
  };

  // What is said is asked for one after the other: a look-up must not put a later message before an earlier one.
  let said = Promise.resolve();
  const then = (next: () => Promise<void> | void): void => {
    said = said.then(next).catch(() => socket.terminate());
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting;
    const seen = watched;
    waiting = [];
    if (!seen || events.length === 0) return;
    then(async () => {
      const changed = coalesce(await visible(events), seen);
      if (changed) say(changed);
    });
  };
  const comeBack = (): void => socket.close(COME_BACK, 'come back with your cursor');
  const end = feed.subscribe((event) => {
    // He may no longer be who he was: the page comes back and says who it is.
    if (principal.kind !== 'local' && concerns(event, principal.id)) comeBack();
    if (!watched) return;
    waiting.push(event);
    timer ??= setTimeout(flush, INTERVAL_MS);
  }, comeBack);

  // A socket lives no longer than what opened it; without a session the page comes back to the log-in.
  const { expiresAt } = principal;
  const leftMs = expiresAt === undefined ? undefined : Math.max(0, expiresAt - clock.now());
  const expiry = leftMs === undefined ? undefined : setTimeout(comeBack, Math.min(leftMs, TIMER_LIMIT_MS));

  socket.on('message', (data: Buffer) => {
    const asked = liveRequest.safeParse(parse(data));
    if (!asked.success) {
      socket.close(1008, 'not a watch request');
      return;
    }
    const { home, projects, runs, registry, cursor } = asked.data;
    watched = { home, projects: new Set(projects), runs: new Set(runs), registry };
    if (cursor !== undefined) {
      const missed = /^\d{1,15}$/.test(cursor) ? feed.since(Number(cursor)) : undefined;
      if (missed) waiting = [...missed];
      else {
        const reset = { kind: 'reset', cursor: String(feed.latest()) } as const;
        then(() => say(reset));
      }
    }
    // What was missed comes first: a client that has the new cursor has everything before it.
    flush();
    const watching = { kind: 'watching', cursor: String(feed.latest()) } as const;
    then(() => say(watching));
  });
  socket.on('close', () => {
    clearTimeout(timer);
    clearTimeout(expiry);
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
