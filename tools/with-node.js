/*
 * node tools/with-node.js <script> [arguments]: runs a script of ours on a Node that can. Written so that any Node
 * from 20 on understands it: `npm run` finds the machine's own Node wherever the project's could not be installed
 * (npm with ignore-scripts, for one).
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The first release whose SQLite does not have the WAL-reset fault (3.51.3). */
const OLDEST = { major: 24, minor: 15 };

const root = fileURLToPath(new URL('..', import.meta.url));
const [script = '', ...args] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) {
  // The script's own modules, compiled and stripped of types, are kept for the next start.
  nodeModule.enableCompileCache(join(root, '.cache', 'compile'));
  process.argv.splice(1, 2, resolve(script));
  await import(pathToFileURL(resolve(script)).href);
} else if (existsSync(own)) {
  const child = spawn(own, [fileURLToPath(import.meta.url), script, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  console.error(
    `Cairn needs Node ${OLDEST.major}.${OLDEST.minor} or newer. This is ${process.version}, and npm could not install ` +
      "the project's own: run `npm ci` with install scripts allowed, or install a newer Node.",
  );
  process.exitCode = 1;
}
