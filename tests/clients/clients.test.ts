import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { CLIENT_RELEASES } from '#tools/python-environments.ts';
import { runPython } from '../python.ts';
import { startServer, type RunningServer } from '../running-server.ts';
import { CLIENTS, SCRIPTS, clientsOf, isMissing, nameOf } from './client-matrix.ts';

// Users' scripts on unmodified clients against one real server. Each script checks value by value what it reads back
// and fails with what it expected; the last line it prints is JSON that is held against the native API here.

for (const client of CLIENTS.filter(isMissing)) {
  console.log(`${nameOf(client)} is not tested: npm test says why its Python could not be made.`);
}

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ args: ['--log-level', 'warn'] });
});
afterAll(async () => {
  await server.stop();
});

// All clients at once, script after script: most of the time is Python importing and inferring what a model needs.
const rows = Object.entries(SCRIPTS).filter(([script]) => clientsOf(script).length > 0);
describe.each(rows.map(([script, { does }]) => [script, does] as const))('%s.py %s', (script) => {
  for (const client of clientsOf(script)) {
    test(`with unmodified ${nameOf(client)}`, { concurrent: true, skip: isMissing(client) }, async () => {
      const { code, stdout, stderr } = await runPython(
        client,
        join(import.meta.dirname, 'scripts', `${script}.py`),
        { MLFLOW_TRACKING_URI: server.origin, MLFLOW_DISABLE_TELEMETRY: 'true' },
      );
      expect(code, `${script}.py ended with ${code}:\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`).toBe(
        0,
      );
      const facts = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { client: string; run?: string };
      expect(facts.client).toBe(CLIENT_RELEASES[client].version);
      if (facts.run === undefined) return;
      const run = await createClient(server.origin).getRun({ params: { run: facts.run } });
      expect(run).toMatchObject({ id: facts.run, wire: 'mlflow', createdBy: { kind: 'local' } });
    });
  }
});

test('no script met a bug of the server', () => {
  expect(server.stderr).not.toContain('"bug"');
});
