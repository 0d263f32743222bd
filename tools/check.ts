import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT, runCommand } from './run-command.ts';

/*
 * npm run check: everything that can be said about the code without running it. One line for each part, the whole
 * output of those that fail, exit code 1 if any did.
 */

interface Part {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** The longest first, so that two cores end together. */
const PARTS: readonly Part[] = [
  { name: 'lint', command: ['oxlint', '--quiet', '.'] },
  { name: 'types: server', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types: page', command: ['tsc', '-p', 'tsconfig.web.json'] },
  ...(existsSync(join(ROOT, 'tests', 'web'))
    ? [{ name: 'types: browser tests', command: ['tsc', '-p', 'tsconfig.browser-tests.json'] } as const]
    : []),
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'imports', command: ['node', 'tools/check-imports.ts'] },
  { name: 'lock file', command: ['node', 'tools/check-lock.ts'] },
];

const begun = performance.now();
const waiting = [...PARTS];
let failures = 0;

async function work(): Promise<void> {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const [command, ...args] = part.command;
    const { code, output, seconds } = await runCommand(command, args);
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${part.name.padEnd(22)} ${seconds.toFixed(1)} s`);
    if (code === 0) continue;
    failures += 1;
    console.log(output.trimEnd());
  }
}

await Promise.all(Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }, work));
const verdict = failures === 0 ? 'all good' : `${failures} of ${PARTS.length} failed`;
console.log(`${verdict} in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
if (failures > 0) process.exitCode = 1;
