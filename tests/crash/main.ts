import { parseArgs } from 'node:util';
import { killNine } from './kill-nine.ts';
import { seeded } from './seeded.ts';

// `npm run crash -- --kills 10000 --seed 7`: the same laboratory as the ordinary run, for a night.

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const report = await killNine(Number(values.kills), seeded(Number(values.seed)));
console.log(
  JSON.stringify({
    ...report,
    lost: report.lost.length,
    doubled: report.doubled.length,
    wrong: report.wrong.length,
  }),
);
const failures = [...report.lost, ...report.doubled, ...report.wrong];
for (const failure of failures.slice(0, 20)) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
