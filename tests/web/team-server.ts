import type { Browser, BrowserContextOptions } from 'playwright-core';
import { createClient, type Client } from '#core/contract/client.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { openPage, type OpenPage } from './browser.ts';

export const PASSWORD = 'four words are enough';

export interface TeamServer {
  readonly server: RunningServer;
  readonly setupToken: string;
}

/** A server with accounts, which waits for its first admin. */
export async function startTeamServer(): Promise<TeamServer> {
  const server = await startServer({ args: ['--auth', 'team'] });
  const setupToken = /\/setup#token=(\S+)/.exec(server.stdout)?.[1];
  if (setupToken === undefined) throw new Error(`No set-up token in: ${server.stdout}`);
  return { server, setupToken };
}

/** Speaks to the server with the session of an account, as a page of it would. */
export async function clientOf(origin: string, logIn: (client: Client) => Promise<unknown>): Promise<Client> {
  let cookie = '';
  const client = createClient(origin, { headers: { origin } }, async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers });
    const given = response.headers.getSetCookie()[0]?.split(';')[0];
    if (given !== undefined) cookie = given;
    return response;
  });
  await logIn(client);
  return client;
}

/** Makes the first admin, `ana`, and returns a client that acts as her. */
export async function setUp({ server, setupToken }: TeamServer): Promise<Client> {
  return clientOf(server.origin, (client) =>
    client.setUp({
      body: { token: setupToken, name: 'ana', displayName: 'Ana Pereira', password: PASSWORD },
    }),
  );
}

/** An account with a password that may log in, made by an admin. */
export async function addPerson(admin: Client, origin: string, name: string): Promise<string> {
  const { account, invitation = '' } = await admin.createAccount({ body: { kind: 'user', name } });
  const stranger = createClient(origin, { headers: { origin } });
  await stranger.acceptInvitation({ body: { token: invitation, password: PASSWORD } });
  return account.id;
}

/** A page whose person has logged in through the form, and stands where he wanted to go. */
export async function logInAs(
  browser: Browser,
  origin: string,
  name: string,
  { path = '/', ...options }: BrowserContextOptions & { readonly path?: string } = {},
): Promise<OpenPage> {
  const opened = await openPage(browser, origin, { locale: 'en-US', ...options });
  const { page } = opened;
  await page.goto(`${origin}${path}`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
  return opened;
}
