import { createClient, keyHeaders, type Client } from '#core/contract/client.ts';
import { currentHost } from './host.ts';
import { DEFAULT_SERVER } from './init.ts';

export interface ConnectOptions {
  /** `http://host:port`; else `CAIRN_SERVER`, else http://127.0.0.1:5100. */
  readonly server?: string;
  /** Whose projects and models are meant; else `CAIRN_WORKSPACE`, else `default`. */
  readonly workspace?: string;
  /** Else `CAIRN_API_KEY`, else none. */
  readonly apiKey?: string;
}

/**
 * Every call of the native API by name: `api.registerVersion(…)`, `api.promoteVersion(…)`, `api.recordEvaluations(…)`. Nothing is
 * asked twice: to register again is another version. A refusal rejects with `ApiError`.
 */
export async function connect(options: ConnectOptions = {}): Promise<Client> {
  const host = await currentHost();
  const server = (options.server ?? host.variable('CAIRN_SERVER') ?? DEFAULT_SERVER).replace(/\/+$/, '');
  const apiKey = options.apiKey ?? host.variable('CAIRN_API_KEY');
  const workspace = options.workspace ?? host.variable('CAIRN_WORKSPACE') ?? 'default';
  return createClient(server, { headers: keyHeaders(apiKey), workspace });
}
