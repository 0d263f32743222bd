import { parseArgs } from 'node:util';
import { DEFAULT_SERVER } from '#sdks/typescript/init.ts';
import { readDigits, splitDigits } from './digits.ts';
import { hyperparameterGrid } from './grid.ts';
import { trainAndLog } from './train-and-log.ts';

// Trains the grid, several runs at a time so that pages have something live to show: about half a minute.

const AT_ONCE = 4;
const EPOCH_MS = 300;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { server: { type: 'string' }, 'epoch-ms': { type: 'string' } } });
  const server = values.server ?? (process.env['CAIRN_SERVER'] || DEFAULT_SERVER);
  const epochMs = Number(values['epoch-ms'] ?? EPOCH_MS);
  const split = splitDigits(readDigits());
  const waiting = hyperparameterGrid();
  const trainNext = async (): Promise<void> => {
    for (let wanted = waiting.shift(); wanted; wanted = waiting.shift()) {
      const { run, accuracy } = await trainAndLog(server, split, wanted, epochMs);
      const number = `#${run.number}`.padEnd(4);
      console.log(`${number} ${wanted.name.padEnd(34)} val/acc ${accuracy.toFixed(4)}  ${run.url}`);
    }
  };
  console.log(
    `Training ${waiting.length} models on ${split.train.count} handwritten digits, ${AT_ONCE} at a time.`,
  );
  await Promise.all(Array.from({ length: AT_ONCE }, trainNext));
}

try {
  await main();
} catch (error) {
  console.error(`cairn demo: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
