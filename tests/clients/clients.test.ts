import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { pythonFor, runPython, type PythonClient } from '../python.ts';
import { startServer, type RunningServer } from '../running-server.ts';

// Users' scripts on unmodified clients against one real server. Each script checks value by value what it reads back
// and fails with what it expected; the last line it prints is JSON that is held against the native API here.

const CLIENTS: readonly PythonClient[] = ['mlflow2', 'mlflow3'];
const SCRIPTS: Readonly<Record<string, string>> = {
  sklearn_autolog: 'autologs fits and a grid search with child runs',
  manual_logging: 'logs by hand: nested runs, steps, tags, states, histories of 26,000 points',
  artifacts: 'logs tables, images, figures, dictionaries and texts, and gets the same bytes back',
  models: 'saves models, loads them by every address and gets the same predictions',
  datasets: 'says which data was used, and finds runs by it',
  search_runs: 'finds runs by a table of filters and orders',
  non_ascii: 'keeps names in any script and doubles of any kind',
  many_writers: 'logs into one run from eight processes',
  errors: 'is refused in the words it knows, at once',
  big_artifact: 'sends a file of 200 MB and gets it back',
};

for (const client of CLIENTS) {
  if (pythonFor(client) !== undefined) continue;
  console.log(`${client} is not tested: npm test says why its Python could not be made.`);
}

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ args: ['--log-level', 'warn'] });
});
afterAll(async () => {
  await server.stop();
});

// Both clients at once, script after script: most of the time is Python importing and inferring what a model needs.
describe.each(Object.entries(SCRIPTS))('%s.py %s', (script) => {
  for (const client of CLIENTS) {
    const isMissing = pythonFor(client) === undefined;
    test(`with an unmodified ${client} client`, { concurrent: true, skip: isMissing }, async () => {
      const { code, stdout, stderr } = await runPython(
        client,
        join(import.meta.dirname, 'scripts', `${script}.py`),
        { MLFLOW_TRACKING_URI: server.origin, MLFLOW_DISABLE_TELEMETRY: 'true' },
      );
      expect(code, `${script}.py ended with ${code}:\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`).toBe(
        0,
      );
      const facts = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { client: string; run?: string };
      expect(facts.client).toMatch(client === 'mlflow2' ? /^2\.22\./ : /^3\.17\./);
      if (facts.run === undefined) return;
      const run = await createClient(server.origin).getRun({ params: { run: facts.run } });
      expect(run).toMatchObject({ id: facts.run, wire: 'mlflow', createdBy: { kind: 'local' } });
    });
  }
});

test('no script met a bug of the server', () => {
  expect(server.stderr).not.toContain('"bug"');
});
