import { expect, onTestFinished, test } from 'vitest';
import { ApiError, createClient, type Client } from '#core/contract/client.ts';
import { trainedVersion } from '../access/gate-kinds.ts';
import { startServer } from '../running-server.ts';
import { startCluster } from './cluster.ts';

// Of those who promote at once and saw the same holder one wins; each of the others is told so, and the log shows all.

const CANDIDATES = 8;
const ROUNDS = 5;
const target = { kind: 'alias', name: 'production' } as const;
const params = { model: 'churn' };

test('on SQLite one of them wins', async () => {
  const server = await startServer({ args: ['--log-level', 'error'] });
  onTestFinished(() => server.stop());
  expect(await promoteInRounds([server.origin])).toMatchObject({ isIntact: true });
});

test('on PostgreSQL one of them wins, whichever server they ask', async () => {
  const cluster = await startCluster();
  onTestFinished(() => cluster[Symbol.asyncDispose]());
  expect(await promoteInRounds(cluster.servers.map(({ origin }) => origin))).toMatchObject({
    isIntact: true,
  });
});

/** @returns what the check of the log's chain says afterwards. */
async function promoteInRounds(origins: readonly string[]): Promise<{ readonly isIntact: boolean }> {
  const clients = origins.map((origin) => createClient(origin));
  const [client] = clients;
  if (!client) throw new Error('There is a server.');
  await client.createRegisteredModel({ body: { name: params.model } });
  // One after the other: each is the next number.
  // oxlint-disable-next-line no-await-in-loop
  for (let n = 0; n < CANDIDATES; n += 1) await trainedVersion(client, params.model);
  let holder: number | null = null;
  // oxlint-disable-next-line no-await-in-loop -- rounds follow each other
  for (let round = 0; round < ROUNDS; round += 1) holder = await oneWins(clients, `round ${round}`, holder);
  return client.verifyRegistryLog({ params });
}

/** Promotes all but the holder at once, each by one of the clients. @returns who holds the target now. */
async function oneWins(
  clients: readonly Client[],
  reason: string,
  expectedHolder: number | null,
): Promise<number> {
  const others = Array.from({ length: CANDIDATES }, (_, at) => at + 1).filter((n) => n !== expectedHolder);
  const outcomes = await Promise.all(
    others.map(async (version) => {
      const body = { version: String(version), target, reason, expectedHolder };
      const said = await clients[version % clients.length]?.promoteVersion({ params, body }).then(
        ({ outcome }) => outcome,
        (error: unknown) => (error instanceof ApiError ? `${error.status} ${error.fault.code}` : error),
      );
      return { version, said };
    }),
  );
  const winners = outcomes.filter(({ said }) => said === 'done').map(({ version }) => version);
  expect(winners).toHaveLength(1);
  expect(new Set(outcomes.map(({ said }) => said))).toEqual(new Set(['done', '409 conflict']));
  const wanted = outcomes.map(({ said, version }) => ({
    action: said === 'done' ? 'alias.moved' : 'promotion.refused',
    reason,
    version,
  }));
  const seen = await Promise.all(
    clients.map(async (client) => ({
      ...(await client.getRegisteredModel({ params })),
      ...(await client.listRegistryLog({ params, query: { limit: others.length } })),
    })),
  );
  for (const { aliases, entries } of seen) {
    expect(aliases).toMatchObject([{ alias: target.name, version: winners[0] }]);
    expect(entries.map(({ action, version, reason: why }) => ({ action, reason: why, version }))).toEqual(
      expect.arrayContaining(wanted),
    );
  }
  return winners[0] ?? NaN;
}
