import { Command } from 'commander';
import { ApiError, keyHeaders } from '#core/contract/client.ts';
import { addressOf, clientOf, withServer, type ServerOption } from '../connection.ts';
import { forgetKey, readCredentials } from '../credentials.ts';
import { Complaint } from '../explain.ts';

/** `cairn logout`: revokes the key that `cairn login` made, and forgets it. */
export function logoutVerb(): Command {
  const verb = new Command('logout')
    .description('revoke and forget the key of this machine')
    .argument('[url]', 'address of the server');
  return withServer(verb).action(logOut);
}

async function logOut(url: string | undefined, options: ServerOption): Promise<void> {
  const kept = readCredentials();
  const server = addressOf(url ?? options.server ?? (process.env['CAIRN_SERVER'] || kept.server));
  const stored = kept.keys[server];
  if (!stored) throw new Complaint(`You are not logged in to ${server}.`);
  if (stored.id !== undefined) {
    const client = clientOf(server, { headers: keyHeaders(stored.key) });
    await client.revokeKey({ params: { key: stored.id } }).catch((error: unknown) => {
      // A key that is refused already is as good as revoked.
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    });
  }
  forgetKey(server);
  console.log(
    `Logged out of ${server}.${stored.id === undefined ? ' The key was not made here and stays valid.' : ''}`,
  );
}
