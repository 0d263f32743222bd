import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '#core/contract/client.ts';
import { makeClients } from '../crash/make-clients.ts';
import { together, type Verdict } from '../crash/oracle.ts';
import { readBack } from '../crash/read-back.ts';
import type { WritingClient } from '../crash/writing-client.ts';
import { startCluster } from './cluster.ts';

export interface KillPlan {
  readonly clients: number;
  readonly kills: number;
  /** Between two kills; longer when the server that was killed takes longer to come back. */
  readonly everyMs: number;
  /** Numbers in [0, 1): a seeded generator repeats the moments, as far as a scheduler can be repeated. */
  readonly random: () => number;
}

export interface KillReport extends Verdict {
  readonly kills: number;
  /** Requests that a kill left without an answer: each was sent again by its client. */
  readonly unanswered: number;
  readonly seconds: number;
}

/**
 * Two servers on one database: kills one and then the other with SIGKILL while clients write through a proxy and
 * retry, and judges by the clients' own logs what either server gives back in the end.
 */
export async function killServers({ clients: count, kills, everyMs, random }: KillPlan): Promise<KillReport> {
  await using cluster = await startCluster();
  const { servers, proxy } = cluster;
  const clients = await makeClients(proxy.origin, count);
  const began = performance.now();
  for (const client of clients.all) client.start(proxy.origin, 'retries');
  for (let kill = 0; kill < kills; kill += 1) {
    const next = sleep(everyMs * (0.75 + random() / 2));
    const victim = servers[kill % 2] ?? cluster.one;
    await sleep(everyMs * random() * 0.25);
    await victim.kill('SIGKILL');
    await victim.restart();
    await next;
  }
  await Promise.all(clients.all.map((client) => client.stop()));
  const seconds = (performance.now() - began) / 1000;
  const verdicts: Verdict[] = [];
  for (const client of clients.all) {
    for (const server of servers) verdicts.push(await readBack(server.origin, client));
    verdicts.push(await sameOrder(client, [cluster.one.origin, cluster.other.origin]));
  }
  const all = together(verdicts);
  // Kept for whoever looks into a failure.
  if (all.lost.length + all.doubled.length + all.wrong.length === 0) clients.discard();
  // Each client was read back from both servers.
  const report = { ...all, acked: all.acked / 2, stored: all.stored / 2 };
  return { ...report, kills, unanswered: proxy.unanswered, seconds };
}

/** Both servers give a history in the order in which it was logged. */
async function sameOrder(
  { run, metric }: WritingClient,
  origins: readonly [string, string],
): Promise<Verdict> {
  const ask = { params: { run }, query: { metric } };
  const [one, other] = await Promise.all(origins.map((origin) => createClient(origin).readPoints(ask)));
  const steps = one?.steps ?? [];
  const isAscending = steps.every((step, at) => at === 0 || step > (steps[at - 1] ?? Number.NaN));
  const isSame = JSON.stringify(one) === JSON.stringify(other);
  const wrong = [
    ...(isAscending ? [] : [`${metric}: the steps of the history are out of order`]),
    ...(isSame ? [] : [`${metric}: the servers give different histories`]),
  ];
  return { acked: 0, stored: 0, lost: [], doubled: [], wrong };
}
