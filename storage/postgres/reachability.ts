import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '#storage/sql/connection.ts';

/** Long enough for a busy database, short enough for whoever asks before it sends somebody here. */
const PATIENCE_MS = 3000;

/** Asks a database whether it answers; questions at the same time are one. Never rejects. */
export function reachability(read: Connection): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    const patience = new AbortController();
    const answered = read.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const late = sleep(PATIENCE_MS, false, { signal: patience.signal, ref: false }).catch(() => false);
    try {
      return await Promise.race([answered, late]);
    } finally {
      patience.abort();
    }
  };
  return () =>
    (asking ??= ask().finally(() => {
      asking = undefined;
    }));
}
