import { globSync } from 'node:fs';
import { buildPage } from './build-page.ts';
import { findBrowser } from './find-browser.ts';
import {
  findInterpreter,
  madePython,
  makePython,
  pythonVariable,
  type PythonClient,
} from './python-environments.ts';
import { ROOT, answerOf, runCommand } from './run-command.ts';

export interface Prepared {
  /** What the suites read: see tests/python.ts and tests/web. */
  readonly env: Readonly<Record<string, string>>;
  /** What could not be had, each said in one line already. */
  readonly missing: readonly string[];
  /** The page does not build: nothing to skip for anywhere, but a fault of the code. */
  readonly isPageBroken: boolean;
}

/** System packages are touched only where nobody's machine is changed by it: as root, in CI. */
const mayInstall = process.env['CI'] === 'true' && process.getuid?.() === 0;

/** Makes or finds everything that the suites across folders need, with one line for each thing made or missed. */
export async function prepareTests(clients: readonly PythonClient[]): Promise<Prepared> {
  const env: Record<string, string> = {};
  const missing: string[] = [];
  const miss = (what: string, why: string) => {
    missing.push(what);
    console.log(`missing  ${what}: ${why}`);
  };

  let isPageBroken = false;
  try {
    await buildPage(ROOT);
  } catch (error) {
    isPageBroken = true;
    console.log(reason(error));
  }
  await preparePython(clients, env, miss);

  const browser = findBrowser() ?? (await install('chromium', 'fonts-noto-cjk'), findBrowser());
  if (browser === undefined) {
    miss('browser', 'no Chrome or Chromium is installed; set CHROME_PATH if it lies elsewhere');
  } else {
    env['CAIRN_TEST_CHROMIUM'] = browser;
  }

  await prepareFaults();
  return { env, missing, isPageBroken };
}

async function preparePython(
  clients: readonly PythonClient[],
  env: Record<string, string>,
  miss: (what: string, why: string) => void,
): Promise<void> {
  if (findInterpreter() === undefined) await install('python3', 'python3-venv');
  for (const client of clients) {
    try {
      const isNew = madePython(client) === undefined;
      const begun = performance.now();
      const python = await makePython(client);
      env[pythonVariable(client)] = python;
      if (isNew) console.log(`made     ${python} in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    } catch (error) {
      miss(`Python client ${client}`, reason(error));
    }
  }
}

/** What makes system calls fail and clocks jump, on Linux: tests/faults. */
async function prepareFaults(): Promise<void> {
  if (process.platform !== 'linux') return;
  const lacking = () => [
    ...(answerOf('strace', ['--version']) === undefined ? ['strace'] : []),
    ...(globSync('/usr/lib/*/faketime/libfaketimeMT.so.1').length === 0 ? ['libfaketime'] : []),
  ];
  const absent = lacking();
  if (absent.length > 0) await install(...absent);
  for (const name of lacking()) {
    const lost =
      name === 'strace' ? 'disks that fail and fsyncs are not watched' : 'clock jumps are not tested';
    console.log(`without  ${name}: ${lost}`);
  }
}

/** Debian's packages, where they may be installed; whether it helped is seen by looking again. */
async function install(...packages: readonly string[]): Promise<void> {
  if (!mayInstall) return;
  console.log(`installs ${packages.join(', ')}`);
  await runCommand('apt-get', ['update']);
  const { code, output } = await runCommand('apt-get', [
    'install',
    '--yes',
    '--no-install-recommends',
    ...packages,
  ]);
  if (code !== 0) console.log(output.trimEnd());
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
