import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../running-server.ts';
import { makeClients } from './make-clients.ts';
import { together, type Verdict } from './oracle.ts';
import { readBack } from './read-back.ts';

const CLIENTS = 8;
const SHORTEST_MS = 30;
const LONGEST_MS = 250;

export interface KillReport extends Verdict {
  readonly kills: number;
}

/**
 * Kills a server with SIGKILL in the middle of ingest, again and again on one data directory, while clients write and
 * retry; judges after every restart by turns, and everything at the end.
 * @param random Numbers in [0, 1): a seeded generator repeats the moments, as far as a scheduler can be repeated.
 */
export async function killNine(kills: number, random: () => number): Promise<KillReport> {
  const server = await startServer({ args: ['--log-level', 'error'] });
  try {
    const clients = await makeClients(server.origin, CLIENTS);
    const verdicts: Verdict[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      for (const client of clients.all) client.start(server.origin);
      await sleep(SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS));
      await server.kill('SIGKILL');
      await Promise.all(clients.all.map((client) => client.stop()));
      await server.restart();
      const client = clients.all[kill % CLIENTS];
      if (client) verdicts.push(await readBack(server.origin, client));
    }
    const final = together(await Promise.all(clients.all.map((client) => readBack(server.origin, client))));
    const all = together([...verdicts, final]);
    // Kept for whoever looks into a failure.
    if (all.lost.length + all.doubled.length + all.wrong.length === 0) clients.discard();
    return { ...all, acked: final.acked, stored: final.stored, kills };
  } finally {
    await server.stop();
  }
}
