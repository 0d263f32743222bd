import type { Command } from 'commander';
import type { Operation } from '#core/contract/api.ts';
import {
  createClient,
  endpointUrl,
  keyHeaders,
  refusal,
  type Client,
  type ClientOptions,
} from '#core/contract/client.ts';
import { DEFAULT_SERVER } from '#sdks/typescript/target.ts';
import { reasonOf } from '#sdks/typescript/retrying-fetch.ts';
import { readCredentials } from './credentials.ts';
import { Complaint } from './explain.ts';

export interface ServerOption {
  readonly server?: string;
  readonly workspace?: string;
}

export interface Connection {
  /** `http://host:port`, no slash at the end. */
  readonly server: string;
  readonly client: Client;
  /** The bytes of an answer as they come. @throws ApiError. */
  readonly open: (name: Operation, ask: FileAsk) => Promise<ReadableStream<Uint8Array>>;
}

interface FileAsk {
  readonly params: Readonly<Record<string, string | number>>;
  readonly query: Readonly<Record<string, string>>;
}

/** `--server URL`, for each verb that asks a server. */
export function withServer(verb: Command): Command {
  return verb.option(
    '--server <url>',
    `address of the server (CAIRN_SERVER; else where you logged in last; ${DEFAULT_SERVER})`,
  );
}

/** `--server URL` and `--workspace ID`, for each verb that speaks of projects or models by name. */
export function withWorkspace(verb: Command): Command {
  return withServer(verb).option(
    '--workspace <id>',
    "workspace of the projects and models (CAIRN_WORKSPACE; else 'default')",
  );
}

/**
 * The client with the key of CAIRN_API_KEY, else with the one that `cairn login` kept for this very server.
 * @throws Complaint when the address is none. Whether a server answers shows with the first question.
 */
export function connect(options: ServerOption): Connection {
  const kept = readCredentials();
  const server = addressOf(options.server ?? (process.env['CAIRN_SERVER'] || kept.server));
  const apiKey = process.env['CAIRN_API_KEY'] || kept.keys[server]?.key;
  const workspace = options.workspace ?? (process.env['CAIRN_WORKSPACE'] || 'default');
  const headers = keyHeaders(apiKey);
  const open: Connection['open'] = async (name, ask) => {
    const answer = await fetch(server + endpointUrl(name, ask, workspace), { headers });
    if (!answer.ok) throw await refusal(answer);
    return answer.body ?? new ReadableStream({ start: (controller) => controller.close() });
  };
  return { server, client: clientOf(server, { headers, workspace }), open };
}

/** A server's address as it is compared and stored. @throws Complaint when it is none. */
export function addressOf(wanted: string = DEFAULT_SERVER): string {
  const server = wanted.replace(/\/+$/, '');
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw new Complaint(`'${server}' is no address of a server; one looks like ${DEFAULT_SERVER}.`);
  }
  return server;
}

/** A client whose failures say what to do. `fetch` may be another's, to see the answers' headers. */
export function clientOf(server: string, defaults: ClientOptions, fetcher: typeof fetch = fetch): Client {
  const send: typeof fetch = async (input, init) => {
    try {
      return await fetcher(input, init);
    } catch (error) {
      throw new Complaint(
        `No Cairn server answers at ${server} (${reasonOf(error)}). Start one with 'cairn server', or name another with --server or CAIRN_SERVER.`,
      );
    }
  };
  return createClient(server, defaults, send);
}
