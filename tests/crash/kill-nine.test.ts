import { expect, test } from 'vitest';
import { killNine } from './kill-nine.ts';
import { seeded } from './seeded.ts';

const KILLS = Number(process.env['CAIRN_TEST_KILLS'] ?? 50);

test(`${KILLS} kill -9 in the middle of ingest lose nothing acknowledged and double nothing`, async () => {
  const report = await killNine(KILLS, seeded(20_261_124));
  expect(report.lost).toEqual([]);
  expect(report.doubled).toEqual([]);
  expect(report.wrong).toEqual([]);
  expect(report.acked).toBeGreaterThan(KILLS * 100);
  console.log(
    `${report.kills} kills, ${report.acked} points acknowledged, ${report.stored} stored, 0 lost, 0 doubled`,
  );
});
