import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { startServer, type RunningServer } from '../running-server.ts';
import { RoundRobinProxy } from './round-robin-proxy.ts';

/** Two servers on one database and one folder of files, and a proxy before them. */
export interface Cluster extends AsyncDisposable {
  readonly postgres: PostgresServer;
  readonly databaseUrl: string;
  readonly one: RunningServer;
  readonly other: RunningServer;
  readonly servers: readonly [RunningServer, RunningServer];
  readonly proxy: RoundRobinProxy;
}

export async function startCluster(): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cairn-cluster-'));
  await using started = new AsyncDisposableStack();
  started.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const postgres = started.use(await PostgresServer.start());
  const { url } = await postgres.freshDatabase();
  const start = async (): Promise<RunningServer> => {
    const options = { dataDir, args: ['--log-level', 'error'], env: { CAIRN_DATABASE: url } };
    return started.adopt(await startServer(options), (server) => server.stop());
  };
  // One after the other: both say in the same file where they listen.
  const servers = [await start(), await start()] as const;
  const [one, other] = servers;
  const proxy = started.use(await RoundRobinProxy.start([one.origin, other.origin]));
  const parts = started.move();
  return {
    postgres,
    databaseUrl: url,
    one,
    other,
    servers,
    proxy,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
