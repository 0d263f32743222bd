import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN, startTeam, type TeamProcess } from '#tests/access/team-process.ts';
import { MAIN, runCairn } from './testing/run-cairn.ts';

const home = mkdtempSync(join(tmpdir(), 'cairn-cli-'));
const CREDENTIALS = join(home, 'cairn', 'credentials.json');

/** Twelve processes, one after the other, on a machine that others use. */
const PROCESSES = { timeout: 120_000 };

let team: TeamProcess;
beforeAll(async () => {
  team = await startTeam();
}, 60_000);
afterAll(async () => {
  await team.server.stop();
  rmSync(home, { recursive: true, force: true });
});

const cairn = (words: string[], variables: Record<string, string> = {}, input = '') =>
  runCairn(words, { XDG_CONFIG_HOME: home, ...variables }, input);

/** At a terminal: answers each question with the next text, and says all that the terminal showed. */
function atTerminal(
  words: string[],
  answers: readonly [question: string, answer: string][],
): Promise<string> {
  const terminal = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
  const child = spawn('python3', ['-c', terminal, process.execPath, MAIN, ...words], {
    env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: home },
  });
  let shown = '';
  const left = [...answers];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (left[0] === undefined || !stripVTControlCharacters(shown).endsWith(left[0][0])) return;
    child.stdin.write(`${left.shift()?.[1]}\n`);
  });
  return new Promise((resolve) => child.on('close', () => resolve(shown)));
}

/** What the server says of the key that the last log-in kept. */
async function keptKey() {
  const { keys } = JSON.parse(readFileSync(CREDENTIALS, 'utf8')) as { keys: Record<string, { id: string }> };
  const all = (await team.client.listKeys({})).keys;
  return all.find(({ id }) => id === keys[team.server.origin]?.id);
}

function daysOf(key: { createdAt: number; expiresAt?: number | undefined } | undefined): number | undefined {
  if (key?.expiresAt === undefined) return undefined;
  return Math.round((key.expiresAt - key.createdAt) / 86_400_000);
}

test('without a key every verb says how to get one', async () => {
  const { code, err } = await cairn(['projects', '--server', team.server.origin]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^cairn: Log in, or send an API key.* Log in with 'cairn login', or set CAIRN_API_KEY\.\n$/,
  );
  const wrong = await cairn(['projects', '--server', team.server.origin], {
    CAIRN_API_KEY: `cairn-${'x'.repeat(43)}`,
  });
  expect(wrong.err).toMatch(/^cairn: .*not known here\. The key that was sent is from CAIRN_API_KEY\.\n$/);
});

test('cairn login asks for name and password, shows no password, and keeps a key of this machine', async () => {
  const shown = await atTerminal(
    ['login', team.server.origin],
    [
      ['Name: ', ADMIN.name],
      ['Password: ', ADMIN.password],
    ],
  );
  expect(shown).toContain(`Logged in to ${team.server.origin} as ${ADMIN.name}.`);
  expect(shown).not.toContain(ADMIN.password);
  expect(statSync(CREDENTIALS).mode & 0o777).toBe(0o600);
  expect(readFileSync(CREDENTIALS, 'utf8')).not.toContain(ADMIN.password);
  // From now on neither address nor key has to be said.
  expect((await cairn(['projects'])).out).toContain('Default');
});

test('its key is an editor’s and ends after 90 days, unless more is asked for', async () => {
  const usual = await keptKey();
  expect([usual?.role, daysOf(usual)]).toEqual(['editor', 90]);
  expect((await cairn(['user', 'list'])).err).toMatch(/^cairn: Permission denied/);
  const help = (await cairn(['login', '--help'])).out.replaceAll(/\s+/g, ' ');
  expect(help).toContain('(choices: "viewer", "editor", "admin", default: "editor")');
  expect(help).toContain('(default: 90d)');
  expect((await cairn(['login', team.server.origin, '--expires', 'soon'])).code).toBe(2);
  await atTerminal(
    ['login', team.server.origin, '--name', ADMIN.name, '--role', 'admin', '--expires', 'never'],
    [['Password: ', ADMIN.password]],
  );
  const more = await keptKey();
  expect([more?.role, daysOf(more)]).toEqual(['admin', undefined]);
  expect((await cairn(['user', 'list'])).out).toContain(ADMIN.name);
});

test('a key is sent to the server that it is of, and to no other', async () => {
  const { err } = await cairn(['projects', '--server', team.server.origin.replace('127.0.0.1', 'localhost')]);
  expect(err).toMatch(/Log in with 'cairn login'/);
});

test('keys are made for scripts, listed and revoked', async () => {
  const made = await cairn([
    'key',
    'create',
    'nightly',
    '--role',
    'viewer',
    '--project',
    'Default',
    '--expires',
    '90d',
  ]);
  expect(made.out).toMatch(/^cairn-\w{43}\n$/);
  expect(made.err).toContain('shown this once');
  const variables = {
    CAIRN_API_KEY: made.out.trim(),
    XDG_CONFIG_HOME: join(home, 'elsewhere'),
    CAIRN_SERVER: team.server.origin,
  };
  expect((await cairn(['projects'], variables)).out).toContain('Default');
  expect((await cairn(['user', 'list'], variables)).err).toMatch(/^cairn: Permission denied.*\n$/);
  const listed = await cairn(['key', 'list']);
  expect(listed.out).toMatch(/nightly +cairn-\w{4}… +viewer +0 +.* until 20/);
  expect((await cairn(['key', 'revoke', 'nightly'])).out).toMatch(/^Revoked k-[0-9a-f]{16}, 'nightly'\.\n$/);
  expect((await cairn(['projects'], variables)).err).toMatch(/revoked/);
  expect((await cairn(['key', 'create', 'x', '--expires', 'soon'])).code).toBe(2);
  expect((await cairn(['key', 'revoke', 'nightly'])).err).toMatch(
    /^cairn: You have no valid key called 'nightly'/,
  );
});

test('an admin makes, invites, disables and enables accounts, and gives roles', async () => {
  const made = await cairn(['user', 'create', 'ben', '--display-name', 'Ben']);
  expect(made.out).toMatch(/^Made ben\..*\nhttp:\S+\/join#token=\w{43}\n$/);
  expect((await cairn(['user', 'invite', 'ben'])).out).toMatch(/\/join#token=\w{43}\n$/);
  expect((await cairn(['user', 'create', 'robot', '--service'])).out).toContain('--account robot');
  expect((await cairn(['key', 'create', 'ci', '--account', 'robot'])).out).toMatch(/^cairn-/);
  expect((await cairn(['user', 'role', 'ben', 'editor', '--project', 'Default'])).out).toBe(
    "ben is editor in the project 'Default'.\n",
  );
  expect((await cairn(['user', 'role', 'robot', 'viewer'])).out).toBe('robot is viewer on the server.\n');
  expect((await cairn(['user', 'role', 'ben', 'none', '--project', 'Default'])).out).toContain('has no role');
  expect((await cairn(['user', 'role', 'ben', 'king'])).code).toBe(2);
  expect((await cairn(['user', 'disable', 'ben'])).out).toBe(
    'ben is disabled: its sessions and keys are refused.\n',
  );
  expect((await cairn(['user', 'list'])).out).toMatch(/ben +Ben +user +disabled/);
  expect((await cairn(['user', 'enable', 'ben'])).out).toBe('ben is enabled.\n');
  const all = JSON.parse((await cairn(['user', 'list', '--json'])).out) as { name: string }[];
  expect(all.map(({ name }) => name).toSorted()).toEqual(['ana', 'ben', 'robot']);
  expect((await cairn(['user', 'disable', 'eve'])).err).toMatch(/^cairn: No account is called 'eve'/);
  const last = await cairn(['user', 'disable', ADMIN.name]);
  expect([last.code, last.err.split('\n').length]).toEqual([1, 2]);
});

test(
  'a workspace is made, named to verbs that speak of projects, shared, and deleted once it is empty',
  PROCESSES,
  async () => {
    expect((await cairn(['workspace', 'create', 'vision', '--name', 'Vision lab'])).out).toBe(
      `Made the workspace vision. MLflow clients reach it at ${team.server.origin}/w/vision\n`,
    );
    const { id } = await team.client.createProject({
      query: { workspace: 'vision' },
      body: { name: 'Default' },
    });
    expect((await cairn(['projects'])).out).not.toMatch(new RegExp(`^ *${id} `, 'm'));
    expect((await cairn(['projects', '--workspace', 'vision'])).out).toMatch(
      new RegExp(`^ *${id} +Default`, 'm'),
    );
    expect((await cairn(['projects'], { CAIRN_WORKSPACE: 'vision' })).out).toContain(id);
    expect((await cairn(['projects', '--workspace', 'visoin'])).err).toBe(
      "cairn: No workspace 'visoin' exists.\n",
    );
    // Of the two projects of that name the workspace's.
    const role = ['user', 'role', 'ben', 'viewer', '--workspace', 'vision', '--project', 'Default', '--json'];
    expect(JSON.parse((await cairn(role)).out)).toMatchObject([{ place: { scope: 'project', project: id } }]);
    expect((await cairn(['user', 'role', 'ben', 'editor', '--workspace', 'vision'])).out).toBe(
      "ben is editor in the workspace 'vision'.\n",
    );
    expect((await cairn(['workspace', 'update', 'vision', '--description', 'Cameras'])).code).toBe(0);
    expect((await cairn(['workspace', 'list'])).out).toMatch(/vision +Vision lab +1 +admin +Cameras/);
    expect((await cairn(['workspace', 'delete', 'vision'])).err).toMatch(/^cairn: .*is not empty/);
    await team.client.deleteProject({ params: { project: id } });
    await team.client.purgeProject({ params: { project: id } });
    expect((await cairn(['workspace', 'delete', 'vision'])).out).toContain('is gone');
  },
);

test('cairn logout revokes the key and forgets it', async () => {
  const kept = JSON.parse(readFileSync(CREDENTIALS, 'utf8')) as { keys: Record<string, { key: string }> };
  const key = kept.keys[team.server.origin]?.key ?? '';
  expect((await cairn(['logout'])).out).toBe(`Logged out of ${team.server.origin}.\n`);
  expect(readFileSync(CREDENTIALS, 'utf8')).not.toContain('cairn-');
  const after = await cairn(['projects'], { CAIRN_API_KEY: key, CAIRN_SERVER: team.server.origin });
  expect(after.err).toMatch(/revoked/);
});

test('a key can be brought along, and is checked before it is kept', async () => {
  const wrong = await cairn(['login', team.server.origin, '--key', '-'], {}, `cairn-${'y'.repeat(43)}\n`);
  expect(wrong.err).toMatch(/does not know this key/);
  const right = await cairn(['login', team.server.origin, '--key', '-'], {}, `${team.key}\n`);
  expect(right.out).toContain('Logged in to');
  expect((await cairn(['logout'])).out).toContain('stays valid');
  const nobody = await cairn(['login', team.server.origin]);
  expect(nobody.err).toMatch(/^cairn: There is no terminal to ask.*--key -/);
});
