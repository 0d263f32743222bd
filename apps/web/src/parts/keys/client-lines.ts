import type { TeamKey } from '../../text/team/translate.ts';

// What each client needs to know: where the server is, and the key. Ready to be pasted, the key filled in.

export const CLIENTS = ['mlflow', 'python', 'cli', 'typescript', 'curl'] as const;
export type ClientName = (typeof CLIENTS)[number];

export const CLIENT_WORDS: Readonly<Record<ClientName, { readonly name: TeamKey; readonly foot: TeamKey }>> =
  {
    mlflow: { name: 'keys.lineMlflow', foot: 'keys.footMlflow' },
    python: { name: 'keys.linePython', foot: 'keys.footPython' },
    cli: { name: 'keys.lineCli', foot: 'keys.footCli' },
    typescript: { name: 'keys.lineTypescript', foot: 'keys.footTypescript' },
    curl: { name: 'keys.lineCurl', foot: 'keys.footCurl' },
  };

/** @param origin the address under which this browser reached the server: right behind tunnels and proxies too. */
export function clientLines(client: ClientName, origin: string, key: string): string {
  switch (client) {
    case 'mlflow':
      return `export MLFLOW_TRACKING_URI=${origin}
export MLFLOW_TRACKING_TOKEN=${key}`;
    case 'python':
      return `import os

os.environ["MLFLOW_TRACKING_URI"] = "${origin}"
os.environ["MLFLOW_TRACKING_TOKEN"] = "${key}"

import mlflow`;
    case 'cli':
      return `cairn login ${origin} --key ${key}
cairn projects`;
    case 'typescript':
      return `export CAIRN_SERVER=${origin}
export CAIRN_API_KEY=${key}

import { init } from './sdks/typescript/init.ts'
const run = await init({ project: 'digits' })`;
    case 'curl':
    default:
      return `curl -H 'authorization: Bearer ${key}' \\
  ${origin}/api/projects`;
  }
}
