import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { buildPage } from './build-page.ts';
import { ROOT, toolEnvironment } from './run-command.ts';

/*
 * npm start: builds the page if its sources changed, then runs the server with the arguments as they are. `--demo`
 * also trains the demo's models as soon as the server listens.
 */

const args = process.argv.slice(2).filter((arg) => arg !== '--demo');
const withDemo = process.argv.includes('--demo');

/** What the server prints when it listens. */
const ORIGIN = /http:\/\/[\w.:[\]-]+:\d+/;

const running = new Set<ChildProcess>();

function run(script: string, scriptArgs: readonly string[], reads: boolean): ChildProcess {
  const child = spawn(process.execPath, [join(ROOT, script), ...scriptArgs], {
    stdio: ['inherit', reads ? 'pipe' : 'inherit', 'inherit'],
    env: toolEnvironment({ NODE_COMPILE_CACHE: join(ROOT, '.cache', 'compile') }),
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A terminal sends Ctrl+C to the whole group: once is a request to stop, twice would be an order.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    for (const child of running) child.kill(signal);
  });
}

try {
  // Help needs no page.
  if (!args.includes('--help')) await buildPage(ROOT);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const server = run('apps/server/main.ts', args, withDemo);
server.on('exit', (code) => {
  process.exitCode = code ?? 1;
  for (const child of running) child.kill('SIGTERM');
});

let printed = '';
let isDemoStarted = false;
server.stdout?.setEncoding('utf8').on('data', (text: string) => {
  process.stdout.write(text);
  if (isDemoStarted) return;
  printed += text;
  const origin = ORIGIN.exec(printed)?.[0];
  if (origin === undefined) return;
  isDemoStarted = true;
  run('apps/demo/main.ts', ['--server', origin], false);
});
