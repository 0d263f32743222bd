import { parseArgs } from 'node:util';
import { seeded } from '../crash/seeded.ts';
import { killServers } from './kill-servers.ts';

// `npm run cluster -- --clients 64 --seconds 60 --every 5 --seed 7`: the laboratory of kill-servers.test.ts, larger.

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '60' },
    every: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
const [clients, seconds, every, seed] = [values.clients, values.seconds, values.every, values.seed].map(
  Number,
) as [number, number, number, number];
const kills = Math.round(seconds / every);
const report = await killServers({ clients, kills, everyMs: every * 1000, random: seeded(seed) });
const { lost, doubled, wrong } = report;
console.log(
  JSON.stringify({
    ...report,
    clients,
    lost: lost.length,
    doubled: doubled.length,
    wrong: wrong.length,
  }),
);
const failures = [...lost, ...doubled, ...wrong];
for (const failure of failures.slice(0, 20)) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
