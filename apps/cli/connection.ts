import type { Command } from 'commander';
import { createClient, type Client } from '#core/contract/client.ts';
import { DEFAULT_SERVER } from '#sdks/typescript/init.ts';
import { reasonOf } from '#sdks/typescript/retrying-fetch.ts';
import { Complaint } from './explain.ts';

export interface ServerOption {
  readonly server?: string;
}

export interface Connection {
  /** `http://host:port`, no slash at the end. */
  readonly server: string;
  readonly client: Client;
}

/** `--server URL`, for each verb that asks a server. */
export function withServer(verb: Command): Command {
  return verb.option('--server <url>', `address of the server (CAIRN_SERVER; ${DEFAULT_SERVER})`);
}

/** @throws Complaint when the address is none. Whether a server answers shows with the first question. */
export function connect(options: ServerOption): Connection {
  const server = (options.server ?? (process.env['CAIRN_SERVER'] || DEFAULT_SERVER)).replace(/\/+$/, '');
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw new Complaint(`'${server}' is no address of a server; one looks like ${DEFAULT_SERVER}.`);
  }
  const apiKey = process.env['CAIRN_API_KEY'];
  const headers = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const send: typeof fetch = async (input, init) => {
    try {
      return await fetch(input, init);
    } catch (error) {
      throw new Complaint(
        `No Cairn server answers at ${server} (${reasonOf(error)}). Start one with 'cairn server', or name another with --server or CAIRN_SERVER.`,
      );
    }
  };
  return { server, client: createClient(server, { headers }, send) };
}
