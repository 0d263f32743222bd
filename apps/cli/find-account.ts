import type { Client } from '#core/contract/client.ts';
import { Complaint } from './explain.ts';

export type AccountJson = Awaited<ReturnType<Client['listAccounts']>>['accounts'][number];

/** The account of this name. @throws Complaint when there is none. */
export async function findAccount(client: Client, name: string): Promise<AccountJson> {
  const { accounts } = await client.listAccounts({});
  const found = accounts.find((each) => each.name === name.toLowerCase());
  if (!found) throw new Complaint(`No account is called '${name}'; 'cairn user list' shows all.`);
  return found;
}
