import { hostname } from 'node:os';
import { Command, Option } from 'commander';
import { keyHeaders, type Client } from '#core/contract/client.ts';
import { ask, readStdin } from '../ask.ts';
import { addressOf, clientOf, withServer, type ServerOption } from '../connection.ts';
import { credentialsFile, readCredentials, storeKey, type StoredKey } from '../credentials.ts';
import { Complaint } from '../explain.ts';
import { parseAge } from '../parse-age.ts';

interface LoginOptions extends ServerOption {
  readonly key?: string;
  readonly name?: string;
  readonly role: 'viewer' | 'editor' | 'admin';
  readonly expires: number | 'never';
}

/** A key lies in a file of a laptop: it does what daily work needs, and ends when nobody renews it. */
const USUAL_ROLE = 'editor';
const USUAL_LIFE = '90d';

/** `cairn login`: makes a key for this machine, so that no password is kept anywhere. */
export function loginVerb(): Command {
  const verb = new Command('login')
    .description('log in to a server and keep a key for this machine')
    .argument('[url]', 'address of the server')
    .option('--key <key>', "a key that you have, '-' reads it from stdin")
    .option('--name <name>', 'your account; asked for without it')
    .addOption(
      new Option('--role <role>', 'the most that the key may, of what your account may')
        .choices(['viewer', 'editor', 'admin'])
        .default(USUAL_ROLE),
    )
    .addOption(
      new Option('--expires <time>', "the key is refused after so long, such as 12h or 52w; or 'never'")
        .argParser((text: string) => (text === 'never' ? text : parseAge(text)))
        .default(parseAge(USUAL_LIFE), USUAL_LIFE),
    );
  return withServer(verb).action(logIn);
}

async function logIn(url: string | undefined, options: LoginOptions): Promise<void> {
  const wanted = url ?? options.server ?? (process.env['CAIRN_SERVER'] || readCredentials().server);
  const server = addressOf(wanted);
  const { mode, needsSetup } = await clientOf(server, {}).getSession({});
  if (mode === 'local') throw new Complaint(`${server} runs in local mode: there is nobody to log in as.`);
  if (needsSetup)
    throw new Complaint(
      `${server} waits for its first admin: open the address that the server printed at its start.`,
    );
  const stored =
    options.key === undefined
      ? await keyByPassword(server, options)
      : { key: options.key === '-' ? await readStdin() : options.key };
  const { account } = await clientOf(server, { headers: keyHeaders(stored.key) }).getSession({});
  if (!account) throw new Complaint(`${server} does not know this key.`);
  storeKey(server, stored);
  console.log(`Logged in to ${server} as ${account.name}. The key is in ${credentialsFile()}.`);
}

async function keyByPassword(server: string, { name, role, expires }: LoginOptions): Promise<StoredKey> {
  const account = name ?? (await ask('Name: '));
  const password = await ask('Password: ', { isSecret: true });
  return withSession(server, { name: account, password }, async (client) => {
    const body = {
      name: hostname().slice(0, 100),
      role,
      ...(expires !== 'never' && { expiresAt: Date.now() + expires }),
    };
    const { key, secret } = await client.createKey({ body });
    return { key: secret, id: key.id };
  });
}

/** A session that lasts for one piece of work: as a page of the server would have it, and ended after it. */
async function withSession<T>(
  server: string,
  body: { name: string; password: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  let cookie = '';
  const noting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  await clientOf(server, {}, noting).logIn({ body });
  const client = clientOf(server, { headers: { cookie, origin: new URL(server).origin } });
  try {
    return await work(client);
  } finally {
    await client.logOut({});
  }
}
