import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENT_RELEASES, type PythonClient } from '#tools/python-environments.ts';
import { pythonFor, runPython } from '../python.ts';
import { ADMIN, startTeam, type TeamProcess } from './team-process.ts';

const CLIENTS: readonly PythonClient[] = ['mlflow2', 'mlflow3'];
const SCRIPT = join(import.meta.dirname, 'scripts', 'with_key.py');

interface Outcome {
  readonly read: { readonly said: string; readonly message?: string };
  readonly log: { readonly said: string; readonly message?: string };
}

let team: TeamProcess;
let readingKey: string;
beforeAll(async () => {
  team = await startTeam({ args: ['--log-level', 'warn'] });
  const made = await team.client.createKey({ body: { name: 'reads', role: 'viewer' } });
  readingKey = made.secret;
});
afterAll(() => team.server.stop());

describe.each(CLIENTS)('unmodified %s', (client) => {
  const skip = pythonFor(client) === undefined;

  async function run(variables: Record<string, string>): Promise<Outcome> {
    const env = { MLFLOW_TRACKING_URI: team.server.origin, MLFLOW_DISABLE_TELEMETRY: 'true', ...variables };
    const { code, stdout, stderr } = await runPython(client, SCRIPT, env);
    expect(code, `it ended with ${code}:\n${stderr.slice(-3000)}`).toBe(0);
    const outcome = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Outcome & { client: string };
    expect(outcome.client).toBe(CLIENT_RELEASES[client].version);
    return outcome;
  }

  test.skipIf(skip)('works with a key as token, and as password under any name', async () => {
    const done = { read: { said: 'done' }, log: { said: 'done' } };
    expect(await run({ MLFLOW_TRACKING_TOKEN: team.key })).toMatchObject(done);
    const named = { MLFLOW_TRACKING_USERNAME: 'whoever', MLFLOW_TRACKING_PASSWORD: team.key };
    expect(await run(named)).toMatchObject(done);
  });

  test.skipIf(skip).each([
    ['no key', {}, 'Log in, or send an API key'],
    ['a wrong key', { MLFLOW_TRACKING_TOKEN: `cairn-${'x'.repeat(43)}` }, 'not known here'],
    [
      'the account’s password',
      { MLFLOW_TRACKING_USERNAME: ADMIN.name, MLFLOW_TRACKING_PASSWORD: ADMIN.password },
      'no API key',
    ],
  ])('with %s is told so at once: two calls, two refused requests', async (_, variables, words) => {
    const before = await refused(401);
    const { read, log } = await run(variables);
    expect(read.message).toContain(words);
    expect(log.message).toContain(words);
    expect([read.said, log.said]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect((await refused(401)) - before).toBe(2);
  });

  test.skipIf(skip)('with a key that reads only, reads, and is refused to write at once', async () => {
    const before = await refused(403);
    const { read, log } = await run({ MLFLOW_TRACKING_TOKEN: readingKey });
    expect(read.said).toBe('done');
    expect(log).toMatchObject({ said: 'PERMISSION_DENIED' });
    expect(log.message).toContain('run:write');
    expect((await refused(403)) - before).toBe(1);
  });
});

/** How many requests the server answered with the status, by its own count. */
async function refused(status: number): Promise<number> {
  const response = await fetch(`${team.server.origin}/metrics`, {
    headers: { authorization: `Bearer ${team.key}` },
  });
  const counts = (await response.text()).matchAll(
    /^cairn_http_request_seconds_count\{[^}]*status="(\d+)"\} (\d+)$/gm,
  );
  return [...counts]
    .filter((count) => Number(count[1]) === status)
    .reduce((sum, count) => sum + Number(count[2]), 0);
}
