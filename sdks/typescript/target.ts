import { keyHeaders, type ClientOptions } from '#core/contract/client.ts';
import type { Host } from './host.ts';

export const DEFAULT_SERVER = 'http://127.0.0.1:5100';

/** Which server is meant, whose projects and models, and who asks. */
export interface TargetOptions {
  /** `http://host:port`; else `CAIRN_SERVER`, else http://127.0.0.1:5100. */
  readonly server?: string;
  /** Else `CAIRN_WORKSPACE`, else `default`. */
  readonly workspace?: string;
  /** Else `CAIRN_API_KEY`, else none. */
  readonly apiKey?: string;
}

export interface Target {
  /** Without a slash at the end. */
  readonly server: string;
  readonly workspace: string;
  /** What each call is sent with. */
  readonly defaults: ClientOptions;
}

export function targetOf(host: Pick<Host, 'variable'>, options: TargetOptions): Target {
  const server = (options.server ?? host.variable('CAIRN_SERVER') ?? DEFAULT_SERVER).replace(/\/+$/, '');
  const workspace = options.workspace ?? host.variable('CAIRN_WORKSPACE') ?? 'default';
  const headers = keyHeaders(options.apiKey ?? host.variable('CAIRN_API_KEY'));
  return { server, workspace, defaults: { headers, workspace } };
}
