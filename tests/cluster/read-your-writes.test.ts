import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { startCluster, type Cluster } from './cluster.ts';

// What one server acknowledged the other shows to whoever asks next, whatever was written.

const ROUNDS = 100;
const KINDS = 5;

let cluster: Cluster;
let one: Client;
let other: Client;
beforeAll(async () => {
  cluster = await startCluster();
  one = createClient(cluster.one.origin);
  other = createClient(cluster.other.origin);
});
afterAll(() => cluster[Symbol.asyncDispose]());

test(`of ${ROUNDS * KINDS} writes through one server the other shows each at once`, async () => {
  const { id: run } = await one.createRun({ body: { project: '0' } });
  const params = { run };
  const missed: string[] = [];
  const see = (what: string, isSeen: boolean): void => void (isSeen || missed.push(what));
  for (let round = 0; round < ROUNDS; round += 1) {
    // The roles change every round: both servers write, both read what is not their own.
    const [writing, reading] = round % 2 === 0 ? [one, other] : [other, one];
    const key = `k${round}`;

    await writing.logToRun({ params, body: { params: [{ key, value: round }] } });
    const withParam = await reading.getRun({ params });
    see(
      `param ${key}`,
      withParam.params.some((param) => param.key === key && param.text === `${round}`),
    );

    await writing.logToRun({ params, body: { tags: [{ key: 'last', value: key }] } });
    const { runs } = await reading.searchRuns({ body: { projects: ['0'], filter: `tags.last = '${key}'` } });
    see(
      `tag ${key}`,
      runs.some(({ id }) => id === run),
    );

    const points = [{ metric: 'loss', steps: [round], values: [round] }];
    await writing.logToRun({ params, body: { points } });
    const { steps } = await reading.readPoints({ params, query: { metric: 'loss' } });
    see(`point ${round}`, steps.at(-1) === round && steps.length === round + 1);

    await writing.putRunFile({ params, query: { path: `d/${key}` }, body: Buffer.from(key) });
    const bytes = await reading.getRunFile({ params, query: { path: `d/${key}` } });
    see(`file ${key}`, Buffer.from(bytes).toString() === key);

    const status = round % 2 === 0 ? 'finished' : 'running';
    await writing.updateRun({ params, body: { status } });
    see(`status ${round}`, (await reading.getRun({ params })).status === status);
  }
  expect(missed).toEqual([]);
});

test('a file of some MiB that went up through one server comes down through the other, and is gone for both', async () => {
  const { id: run } = await one.createRun({ body: { project: '0' } });
  const params = { run };
  const query = { path: 'weights/model.bin' };
  const body = randomBytes(5 * 2 ** 20 + 1);
  const { digest } = await one.putRunFile({ params, query, body });
  const bytes = await other.getRunFile({ params, query });
  expect(createHash('sha256').update(Buffer.from(bytes)).digest('hex')).toBe(digest);
  const { entries } = await other.listRunFiles({ params, query: { folder: 'weights' } });
  expect(entries.map(({ path }) => path)).toEqual(['weights/model.bin']);
  await other.deleteRunFiles({ params, query });
  await expect(one.getRunFile({ params, query })).rejects.toMatchObject({ status: 404 });
});

test('a name is given once, whichever server is asked', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? one : other).createProject({ body: { name: `name ${n >> 2}` } }),
    ),
  );
  const made = outcomes.filter(({ status }) => status === 'fulfilled');
  expect(made).toHaveLength(5);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 409 });
  }
});
