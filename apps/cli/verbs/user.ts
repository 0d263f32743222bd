import { Command } from 'commander';
import { connect, withServer, type ServerOption } from '../connection.ts';
import { formatDuration } from '../describe-run.ts';
import { findAccount } from '../find-account.ts';
import { table } from '../table.ts';
import { userRoleVerb } from './user-role.ts';

interface JsonOption extends ServerOption {
  readonly json?: true;
}

interface CreateOptions extends JsonOption {
  readonly service?: true;
  readonly displayName?: string;
}

/** `cairn user …`: an admin's verbs about accounts. */
export function userVerb(): Command {
  const name = ['<name>', 'the name that is typed at the log-in'] as const;
  const one = (verb: string, does: string): Command =>
    withServer(
      new Command(verb)
        .description(does)
        .argument(...name)
        .option('--json', 'as JSON'),
    );
  return new Command('user')
    .description('accounts: users and services (admins)')
    .addCommand(
      withServer(new Command('list').description('list accounts').option('--json', 'as JSON')).action(
        listUsers,
      ),
    )
    .addCommand(
      one('create', 'make an account; a user gets a one-time invitation')
        .option('--service', 'a program, which has keys and no password')
        .option('--display-name <text>', 'how pages call it')
        .action(createUser),
    )
    .addCommand(one('invite', 'a new invitation, for who forgot the password').action(inviteUser))
    .addCommand(one('disable', 'refuse its sessions and keys from now on').action(disabling(true)))
    .addCommand(one('enable', 'let it in again').action(disabling(false)))
    .addCommand(userRoleVerb());
}

async function listUsers(options: JsonOption): Promise<void> {
  const { accounts } = await connect(options).client.listAccounts({});
  if (options.json) {
    console.log(JSON.stringify(accounts, null, 2));
    return;
  }
  const now = Date.now();
  const text = table(accounts, [
    { head: 'NAME', cell: ({ name }) => name },
    { head: 'CALLED', cell: ({ displayName }) => displayName, shrinkTo: 12 },
    { head: 'KIND', cell: ({ kind }) => kind },
    { head: 'STATE', cell: ({ disabledAt }) => (disabledAt === undefined ? '' : 'disabled') },
    {
      head: 'LAST SEEN',
      cell: ({ lastSeenAt }) =>
        lastSeenAt === undefined ? 'never' : `${formatDuration(now - lastSeenAt)} ago`,
      align: 'right',
    },
  ]);
  console.log(text);
}

async function createUser(name: string, options: CreateOptions): Promise<void> {
  const { server, client } = connect(options);
  const { service, displayName, json } = options;
  const made = await client.createAccount({
    body: { kind: service ? 'service' : 'user', name, ...(displayName !== undefined && { displayName }) },
  });
  if (json) console.log(JSON.stringify(made, null, 2));
  else if (made.invitation === undefined) {
    console.log(
      `Made the service account ${name}. 'cairn key create <name> --account ${name}' makes its key.`,
    );
  } else {
    console.log(`Made ${name}. Its password is set once, at\n${invitationLink(server, made.invitation)}`);
  }
}

async function inviteUser(name: string, options: JsonOption): Promise<void> {
  const { server, client } = connect(options);
  const { id } = await findAccount(client, name);
  const made = await client.inviteAccount({ params: { account: id }, body: {} });
  console.log(options.json ? JSON.stringify(made, null, 2) : invitationLink(server, made.invitation));
}

function disabling(disabled: boolean) {
  return async (name: string, options: JsonOption): Promise<void> => {
    const { client } = connect(options);
    const { id } = await findAccount(client, name);
    const changed = await client.updateAccount({ params: { account: id }, body: { disabled } });
    const said = disabled ? 'disabled: its sessions and keys are refused' : 'enabled';
    console.log(options.json ? JSON.stringify(changed, null, 2) : `${changed.name} is ${said}.`);
  };
}

/** The page reads the token behind `#`, which reaches no log on its way. */
function invitationLink(server: string, invitation: string): string {
  return `${server}/join#token=${invitation}`;
}
