import { Command, Option } from 'commander';
import type { Client } from '#core/contract/client.ts';
import { connect, withServer, withWorkspace, type ServerOption } from '../connection.ts';
import { formatDuration, formatTime } from '../describe-run.ts';
import { Complaint } from '../explain.ts';
import { findAccount } from '../find-account.ts';
import { findProject } from '../find-project.ts';
import { parseAge } from '../parse-age.ts';
import { table } from '../table.ts';

type KeyJson = Awaited<ReturnType<Client['revokeKey']>>;

interface JsonOption extends ServerOption {
  readonly json?: true;
}

interface CreateOptions extends JsonOption {
  readonly role: 'viewer' | 'editor' | 'admin';
  readonly project: string[];
  readonly expires?: number;
  readonly account?: string;
}

/** `cairn key …`: what programs log in with. */
export function keyVerb(): Command {
  const create = new Command('create')
    .description('make a key; it is shown this once')
    .argument('<name>', 'what you call it, such as laptop')
    .addOption(
      new Option('--role <role>', 'the most that it may')
        .choices(['viewer', 'editor', 'admin'])
        .default('editor'),
    )
    .option(
      '--project <name>',
      'only in this project; may be repeated',
      (one, all: string[]) => [...all, one],
      [],
    )
    .option('--expires <time>', 'after so long, such as 90d or 12h', parseAge)
    .option('--account <name>', 'of a service account (admins)')
    .option('--json', 'as JSON');
  const list = new Command('list')
    .description('list keys')
    .option('--account <name>', 'of another account (admins)')
    .option('--all', 'of all accounts (admins)')
    .option('--json', 'as JSON');
  const revoke = new Command('revoke')
    .description('revoke a key at once and for ever')
    .argument('<key>', 'its id, or its name where only one is called so')
    .option('--json', 'as JSON');
  return new Command('key')
    .description('keys of programs')
    .addCommand(withWorkspace(create).action(createKey))
    .addCommand(withServer(list).action(listKeys))
    .addCommand(withServer(revoke).action(revokeKey));
}

async function createKey(name: string, options: CreateOptions): Promise<void> {
  const { client } = connect(options);
  const { role, expires, account } = options;
  const projects: string[] = [];
  for (const wanted of options.project) projects.push((await findProject(client, wanted)).id);
  const body = {
    name,
    role,
    ...(account !== undefined && { account: (await findAccount(client, account)).id }),
    ...(projects.length > 0 && { projects }),
    ...(expires !== undefined && { expiresAt: Date.now() + expires }),
  };
  const made = await client.createKey({ body });
  if (options.json) {
    console.log(JSON.stringify(made, null, 2));
    return;
  }
  // The key alone is on stdout: `export CAIRN_API_KEY=$(cairn key create laptop)`.
  console.error(`The key ${made.key.id}, shown this once:`);
  console.log(made.secret);
}

async function listKeys(options: JsonOption & { account?: string; all?: true }): Promise<void> {
  const { client } = connect(options);
  const of = options.all ? 'all' : options.account && (await findAccount(client, options.account)).id;
  const { keys } = await client.listKeys({ query: of === undefined || of === '' ? {} : { account: of } });
  if (options.json) {
    console.log(JSON.stringify(keys, null, 2));
    return;
  }
  if (keys.length === 0) console.log('No keys yet.');
  else console.log(keyTable(keys, options.all === true));
}

function keyTable(keys: readonly KeyJson[], withAccount: boolean): string {
  const now = Date.now();
  return table(keys, [
    { head: 'ID', cell: ({ id }) => id },
    { head: 'NAME', cell: ({ name }) => name, shrinkTo: 12 },
    ...(withAccount ? [{ head: 'ACCOUNT', cell: ({ account }: KeyJson) => account }] : []),
    { head: 'KEY', cell: ({ prefix }) => `${prefix}…` },
    { head: 'MAY', cell: ({ role }) => role },
    { head: 'PROJECTS', cell: ({ projects }) => projects?.join(' ') ?? 'all', shrinkTo: 8 },
    {
      head: 'LAST USED',
      cell: ({ lastUsedAt }) =>
        lastUsedAt === undefined ? 'never' : `${formatDuration(now - lastUsedAt)} ago`,
      align: 'right',
    },
    { head: 'STATE', cell: (key) => stateOf(key, now) },
  ]);
}

function stateOf({ revokedAt, expiresAt }: KeyJson, now: number): string {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt === undefined) return 'valid';
  return expiresAt <= now ? 'expired' : `until ${formatTime(expiresAt)}`;
}

async function revokeKey(wanted: string, options: JsonOption): Promise<void> {
  const { client } = connect(options);
  const revoked = await client.revokeKey({
    params: { key: /^k-[0-9a-f]{16}$/.test(wanted) ? wanted : (await ownKey(client, wanted)).id },
  });
  console.log(options.json ? JSON.stringify(revoked, null, 2) : `Revoked ${revoked.id}, '${revoked.name}'.`);
}

async function ownKey(client: Client, name: string): Promise<KeyJson> {
  const { keys } = await client.listKeys({});
  const [found, ...more] = keys.filter((key) => key.name === name && key.revokedAt === undefined);
  if (!found) throw new Complaint(`You have no valid key called '${name}'; 'cairn key list' shows all.`);
  if (more.length > 0) throw new Complaint(`Several of your keys are called '${name}'; say an id instead.`);
  return found;
}
