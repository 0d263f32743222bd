import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests, type TestCounts } from './count-tests.ts';
import { prepareTests, type Prepared } from './prepare-tests.ts';
import { pythonClients } from './python-environments.ts';
import { ROOT, toolEnvironment } from './run-command.ts';

/*
 * npm test [-- vitest's arguments]: makes what the suites need, runs them, and ends with the line
 * `N passed, N failed, N skipped`. What is missing is skipped on a laptop and fails under CI=true.
 * With --matrix the suites of tests/clients run with every release of a client that is proven, not two of them.
 */

/** Unit tests need nothing from outside, so that `npm test -- core/query` starts at once. */
const UNIT = /^(core|storage|protocols|importers|ui|apps|sdks|tools|bench)\b/;

const MATRIX = '--matrix';
const isMatrix = process.argv.includes(MATRIX);
const args = process.argv.slice(2).filter((arg) => arg !== MATRIX);
const isUnitOnly = args.length > 0 && args.every((arg) => UNIT.test(arg));
const nothing: Prepared = { env: {}, missing: [], isPageBroken: false };
const { env, missing, isPageBroken } = isUnitOnly ? nothing : await prepareTests(pythonClients({ isMatrix }));

const scratch = mkdtempSync(join(tmpdir(), 'cairn-test-'));
const reportFile = join(scratch, 'report.json');
const code = await runVitest([
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
  ...args,
]);
const counts: TestCounts = existsSync(reportFile)
  ? countTests(readFileSync(reportFile, 'utf8'))
  : { passed: 0, failed: 0, skipped: 0 };
rmSync(scratch, { recursive: true });

const isCi = process.env['CI'] === 'true';
const problems = [
  isPageBroken && 'the page does not build; what the bundler said stands above',
  isCi && missing.length > 0 && `in CI nothing may be missing: ${missing.join(', ')}`,
  counts.passed + counts.failed === 0 && 'no test ran',
  code !== 0 && counts.failed === 0 && `vitest ended with code ${code}; what it said stands above`,
].filter((problem) => problem !== false);
for (const problem of problems) console.log(problem);
if (problems.length > 0 || counts.failed > 0) process.exitCode = 1;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);

function runVitest(vitestArgs: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('vitest', vitestArgs, {
      cwd: ROOT,
      env: toolEnvironment({ ...env, ...(isMatrix && { CAIRN_TEST_MATRIX: 'true' }) }),
      shell: process.platform === 'win32',
      stdio: 'inherit',
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
}
