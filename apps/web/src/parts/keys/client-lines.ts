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

export interface Reached {
  /** The address under which this browser reached the server: right behind tunnels and proxies too. */
  readonly origin: string;
  /** Where the client's projects are: MLflow's reach it by the path of their address. */
  readonly workspace: string;
}

export function clientLines(client: ClientName, key: string, { origin, workspace }: Reached): string {
  const isDefault = workspace === 'default';
  const trackingUri = isDefault ? origin : `${origin}/w/${workspace}`;
  switch (client) {
    case 'mlflow':
      return `export MLFLOW_TRACKING_URI=${trackingUri}
export MLFLOW_TRACKING_TOKEN=${key}`;
    case 'python':
      return `import os

os.environ["MLFLOW_TRACKING_URI"] = "${trackingUri}"
os.environ["MLFLOW_TRACKING_TOKEN"] = "${key}"

import mlflow`;
    case 'cli':
      return `cairn login ${origin} --key ${key}
cairn projects${isDefault ? '' : ` --workspace ${workspace}`}`;
    case 'typescript':
      return `export CAIRN_SERVER=${origin}
export CAIRN_API_KEY=${key}${isDefault ? '' : `\nexport CAIRN_WORKSPACE=${workspace}`}

import { init } from './sdks/typescript/init.ts'
const run = await init({ project: 'digits' })`;
    case 'curl':
    default:
      return `curl -H 'authorization: Bearer ${key}' \\
  ${origin}/api/projects${isDefault ? '' : `?workspace=${workspace}`}`;
  }
}
