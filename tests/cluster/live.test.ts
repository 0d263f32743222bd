import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import type { RunningServer } from '../running-server.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { ListeningPage } from './listening-page.ts';

let cluster: Cluster;
let run: string;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());
beforeEach(async () => {
  ({ id: run } = await createClient(cluster.one.origin).createRun({ body: { project: '0' } }));
});

test('a page on one server hears what is logged on the other', async () => {
  const page = await ListeningPage.open(cluster.one.origin, { runs: [run] });
  const times: number[] = [];
  for (let at = 0; at < 15; at += 1) {
    await log(cluster.other, `m${at}`);
    const acknowledged = performance.now();
    await page.hearsOf(`m${at}`);
    times.push(performance.now() - acknowledged);
  }
  await page.close();
  expect(page.metrics).toEqual(times.map((_, at) => `m${at}`));
  const [median = 0, slowest = 0] = [7, 14].map((at) => times.toSorted((a, b) => a - b)[at]);
  console.log(`heard ${median.toFixed(0)} ms after the acknowledgement, ${slowest.toFixed(0)} ms at most`);
});

test('a page behind the proxy hears what either server is told', async () => {
  const page = await ListeningPage.open(cluster.proxy.origin, { runs: [run] });
  for (const [server, metric] of [
    [cluster.one, 'on one'],
    [cluster.other, 'on the other'],
  ] as const) {
    await log(server, metric);
    await page.hearsOf(metric);
  }
  expect(page.metrics).toEqual(['on one', 'on the other']);
  await page.close();
});

test('a page that comes back to the other server gets what it missed, and nothing twice', async () => {
  const page = await ListeningPage.open(cluster.one.origin, { runs: [run] });
  await log(cluster.one, 'before');
  await page.hearsOf('before');
  const { cursor } = page;
  await page.close();
  await log(cluster.one, 'missed on one');
  await log(cluster.other, 'missed on the other');
  const again = await ListeningPage.open(cluster.other.origin, { runs: [run], cursor });
  expect(again.heard.map(({ kind }) => kind)).toEqual(['changed', 'watching']);
  expect(again.metrics.toSorted()).toEqual(['missed on one', 'missed on the other']);
  await again.close();
});

test('a page that changes its server again and again while both are written to hears of everything', async () => {
  const names: string[] = [];
  const end = new AbortController();
  const write = async (server: RunningServer): Promise<void> => {
    while (!end.signal.aborted) {
      const name = `m${names.length}`;
      names.push(name);
      await log(server, name);
    }
  };
  let page = await ListeningPage.open(cluster.one.origin, { runs: [run] });
  const writers = [write(cluster.one), write(cluster.other)];
  const heard: string[] = [];
  for (let hop = 1; hop <= 12; hop += 1) {
    await sleep(100 + 37 * hop);
    await page.close();
    heard.push(...page.metrics);
    const server = hop % 2 === 0 ? cluster.one : cluster.other;
    page = await ListeningPage.open(server.origin, { runs: [run], cursor: page.cursor });
    expect(page.heard.map(({ kind }) => kind)).not.toContain('reset');
  }
  end.abort();
  await Promise.all(writers);
  await log(cluster.one, 'the last');
  await page.hearsOf('the last');
  heard.push(...page.metrics);
  await page.close();
  expect(heard.toSorted()).toEqual([...names, 'the last'].toSorted());
});

async function log({ origin }: RunningServer, metric: string): Promise<void> {
  const points = [{ metric, steps: [1], values: [1] }];
  await createClient(origin).logToRun({ params: { run }, body: { points } });
}
