import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Load {
  readonly keys: number;
  readonly steps: number;
  readonly requests: number;
  readonly clients: number;
  /** One metric a request (log-metric) instead of log-batch. */
  readonly isSingle?: boolean;
  /** Sent as Bearer. */
  readonly key?: string;
}

export interface LoadResult {
  readonly seconds: number;
  readonly failed: number;
  /** Of the requests that were answered 200, ms. */
  readonly times: readonly number[];
}

/** Runs the load generator in a process of its own against a server, or servers of one store: their origins between commas. */
export async function runLoad(origin: string, load: Load): Promise<LoadResult> {
  const flags = ['keys', 'steps', 'requests', 'clients'].flatMap((name) => [
    `--${name}`,
    String(load[name as 'keys']),
  ]);
  const args = [
    join(import.meta.dirname, 'load.ts'),
    '--origin',
    origin,
    ...flags,
    ...(load.isSingle ? ['--single'] : []),
    ...(load.key === undefined ? [] : ['--key', load.key]),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 256 * 1024 * 1024 });
  return JSON.parse(stdout.slice(stdout.indexOf('{"seconds"'))) as LoadResult;
}
