import { expect, test } from 'vitest';
import { seeded } from '../crash/seeded.ts';
import { killServers } from './kill-servers.ts';

const CLIENTS = 8;
const KILLS = 6;
const EVERY_MS = 2000;

test(`${KILLS} kill -9 of one of two servers lose nothing acknowledged and double nothing`, async () => {
  const plan = { clients: CLIENTS, kills: KILLS, everyMs: EVERY_MS, random: seeded(20_261_125) };
  const { lost, doubled, wrong, ...report } = await killServers(plan);
  expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
  expect(report.acked).toBeGreaterThan(CLIENTS * KILLS * 100);
  expect(report.unanswered).toBeGreaterThanOrEqual(KILLS);
  console.log(
    `${report.kills} kills, ${report.acked} points acknowledged, ${report.stored} stored, 0 lost, 0 doubled`,
  );
});
