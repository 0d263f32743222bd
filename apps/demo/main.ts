import { parseArgs } from 'node:util';
import { connect } from '#sdks/typescript/connect.ts';
import { DEFAULT_SERVER } from '#sdks/typescript/target.ts';
import { readDigits, splitDigits, type Split } from './digits.ts';
import { hyperparameterGrid } from './grid.ts';
import { runInProduction } from './production.ts';
import { release } from './release.ts';
import { trainAndLog, type Outcome } from './train-and-log.ts';

// Trains the grid, several runs at a time so that pages have something live to show (about half a minute), registers the best models,
// promotes them through a gate, and serves what is in production until it is ended.

const AT_ONCE = 4;
const EPOCH_MS = 300;
const TICK_MS = 2000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      server: { type: 'string' },
      'epoch-ms': { type: 'string' },
      'tick-ms': { type: 'string' },
      ticks: { type: 'string' },
    },
  });
  const server = values.server ?? (process.env['CAIRN_SERVER'] || DEFAULT_SERVER);
  const split = splitDigits(readDigits());
  const outcomes = await trainGrid(server, split, Number(values['epoch-ms'] ?? EPOCH_MS));
  const api = await connect({ server });
  for (const line of await release(api, split, outcomes)) console.log(line);
  await runInProduction(api, split, {
    server,
    tickMs: Number(values['tick-ms'] ?? TICK_MS),
    ticks: Number(values.ticks ?? Infinity),
  });
}

async function trainGrid(server: string, split: Split, epochMs: number): Promise<readonly Outcome[]> {
  const waiting = hyperparameterGrid();
  const outcomes: Outcome[] = [];
  const trainNext = async (): Promise<void> => {
    for (let wanted = waiting.shift(); wanted; wanted = waiting.shift()) {
      const outcome = await trainAndLog(server, split, wanted, epochMs);
      outcomes.push(outcome);
      const { run, evaluation } = outcome;
      const number = `#${run.number}`.padEnd(4);
      console.log(
        `${number} ${wanted.name.padEnd(34)} val/acc ${evaluation.accuracy.toFixed(4)}  ${run.url}`,
      );
    }
  };
  console.log(
    `Training ${waiting.length} models on ${split.train.count} handwritten digits, ${AT_ONCE} at a time.`,
  );
  await Promise.all(Array.from({ length: AT_ONCE }, trainNext));
  return outcomes;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
try {
  await main();
} catch (error) {
  console.error(`cairn demo: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
