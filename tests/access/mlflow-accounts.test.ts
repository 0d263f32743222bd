import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLIENT_RELEASES, type PythonClient } from '#tools/python-environments.ts';
import { pythonFor, runPython } from '../python.ts';
import { startTeam } from './team-process.ts';

const SCRIPT = join(import.meta.dirname, 'scripts', 'accounts.py');
const USERS = {
  created: ['grace', false],
  again: 'RESOURCE_ALREADY_EXISTS',
  short: 'INVALID_PARAMETER_VALUE',
  nobody: 'RESOURCE_DOES_NOT_EXIST',
  admin: true,
  deleted: 'RESOURCE_DOES_NOT_EXIST',
};
/** Newer clients keep roles by an API of their own, which is not spoken. */
const PERMISSIONS = {
  given: ['0', 'EDIT'],
  'given again': 'RESOURCE_ALREADY_EXISTS',
  changed: 'READ',
  listed: ['READ'],
  taken: 'RESOURCE_DOES_NOT_EXIST',
};
const SAID: readonly (readonly [PythonClient, object])[] = [
  ['mlflow2', { ...USERS, ...PERMISSIONS }],
  ['mlflow3', USERS],
];

test.each(SAID)('the account client of %s keeps users with an admin’s key', async (client, said) => {
  if (pythonFor(client) === undefined) return;
  const team = await startTeam({ args: ['--log-level', 'warn'] });
  try {
    const { code, stdout, stderr } = await runPython(client, SCRIPT, {
      MLFLOW_TRACKING_URI: team.server.origin,
      MLFLOW_TRACKING_TOKEN: team.key,
    });
    expect(code, `it ended with ${code}:\n${stderr.slice(-3000)}`).toBe(0);
    const heard: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(heard).toEqual({ client: CLIENT_RELEASES[client].version, ...said });
  } finally {
    await team.server.stop();
  }
});
