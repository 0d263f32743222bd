import { createClient, keyHeaders, type Client } from '#core/contract/client.ts';
import { startServer, type RunningServer, type ServerOptions } from '../running-server.ts';

export const ADMIN = { name: 'ana', password: 'correct horse battery' } as const;

/** A server process in team mode, set up as a person does it: with the token that it printed. */
export interface TeamProcess {
  readonly server: RunningServer;
  /** The admin's key, and a client that sends it. */
  readonly key: string;
  readonly client: Client;
  /** Of the admin's browser, as the Cookie header wants it. */
  readonly cookie: string;
  readonly setupToken: string;
}

export async function startTeam(options: ServerOptions = {}): Promise<TeamProcess> {
  const server = await startServer({ ...options, args: ['--auth', 'team', ...(options.args ?? [])] });
  const { origin } = server;
  const setupToken = setupTokenIn(server.stdout);
  let cookie = '';
  const noting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  await createClient(origin, { headers: { origin } }, noting).setUp({
    body: { token: setupToken, ...ADMIN },
  });
  const browser = createClient(origin, { headers: { origin, cookie } });
  const { secret: key } = await browser.createKey({ body: { name: 'test', role: 'admin' } });
  return { server, key, cookie, setupToken, client: createClient(origin, { headers: keyHeaders(key) }) };
}

/** What the start printed behind `#token=`; '' when it printed none. */
export function setupTokenIn(stdout: string): string {
  return /\/setup#token=(\S+)/.exec(stdout)?.[1] ?? '';
}
