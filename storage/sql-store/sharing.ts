import type { Snapshots } from '#storage/sql/participants.ts';

/** What a store needs when other processes write to its database, too. */
export interface Sharing {
  /** Moments of the database to catch up from, on connections of their own. */
  readonly snapshots: Snapshots;
  /** How often to ask for news that nobody told of, 250 when absent; 0 for never. */
  readonly pollMs?: number;
}

/** Live pages hear of commits of other servers within so long, also when no notification comes through. */
const POLL_MS = 250;

/** Nudges now and then, until the returned function is called. */
export function poll(nudge: () => void, everyMs = POLL_MS): () => void {
  if (everyMs === 0) return () => undefined;
  const timer = setInterval(nudge, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** The same reader, each of whose methods first waits for `fresh`: it sees what any server acknowledged before. */
export function freshReader<Reader extends object>(reader: Reader, fresh: () => Promise<void>): Reader {
  return new Proxy(reader, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        await fresh();
        return Reflect.apply(member, target, args);
      };
    },
  });
}
