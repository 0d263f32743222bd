import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { Fault } from '#core/domain/fault.ts';
import { ensureSetupToken } from '#core/tracking/sessions/ensure-setup-token.ts';
import type { EmbeddedStore } from '#storage/embedded/embedded-store.ts';
import { buildApp, originOf } from './build-app.ts';
import { readConfig, type Config } from './config.ts';
import { randomIdentities } from './identities.ts';
import { assertMayListen } from './listening.ts';
import { nodeSecrets } from './node-secrets.ts';
import { helpText } from './help.ts';
import { keepTidy } from './keep-tidy.ts';
import { settleMemory } from './settle-memory.ts';
import { welcome } from './welcome.ts';
import { WIRES } from './wires.ts';

/** Uploads in flight get this long after a stop signal. */
const GRACE_MS = 30_000;
const SWEEP_MS = 50;
/** SQLite's code for a statement that is wrong. */
const SQL_MISTAKE = 1;

export interface RunningServer {
  readonly origin: string;
  /** Stops accepting, finishes what was begun (at most 30 s), closes the store. */
  stop(): Promise<void>;
}

/**
 * Opens the store, listens, and says where.
 * @throws Fault `invalid` (settings), `forbidden` (beyond loopback without accounts or TLS), `conflict` (the data directory is served by another process).
 */
export async function runServer(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningServer> {
  const config = readConfig(argv, env);
  assertMayListen(config);
  const logger = pino({ level: config.logLevel, base: null }, pino.destination(2));
  let isHealthy = true;
  const store = await openStore(config, (error) => {
    isHealthy = false;
    logger.fatal(
      { err: error },
      'the store failed to make a commit durable; the outcome is unknown, so this process ends',
    );
    process.exit(74);
  });
  const ports = { ...store, clock: { now: () => Date.now() }, ids: randomIdentities, secrets: nodeSecrets };
  let app: FastifyInstance | undefined;
  let setupToken: string | undefined;
  try {
    const facts = { database: config.database === undefined ? 'sqlite' : 'postgres' } as const;
    app = await buildApp({
      config,
      ports,
      store: {
        ...facts,
        directory: config.data,
        ...(store.databaseBytes && { databaseBytes: store.databaseBytes }),
      },
      wires: WIRES,
      logger,
      isReady: async () => isHealthy && (await store.isReachable()),
    });
    if (config.auth === 'team') setupToken = await ensureSetupToken(ports);
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app?.close();
    await store.close();
    throw isPortTaken(error)
      ? new Fault('conflict', `Port ${config.port} of ${config.host} is taken.`, {}, error)
      : error;
  }
  const origin = originOf(app);
  store.announce(origin);
  writeFileSync(join(config.data, 'server.json'), `${JSON.stringify({ pid: process.pid, origin })}\n`);
  process.stdout.write(welcome(config.publicUrl ?? origin, { mode: config.auth, setupToken }));
  settleMemory();
  const stopTidying = keepTidy(ports, logger);
  const served = app;
  const stop = async (): Promise<void> => {
    const late = setTimeout(() => served.server.closeAllConnections(), GRACE_MS);
    // A connection whose last request was in flight is idle only afterwards: clients would keep it open for minutes.
    const sweep = setInterval(() => served.server.closeIdleConnections(), SWEEP_MS);
    await served.close();
    await stopTidying();
    clearTimeout(late);
    clearInterval(sweep);
    await store.close();
  };
  return { origin, stop };
}

type OpenedStore = EmbeddedStore & {
  /** Whether the store's database answers now; one within the process does. */
  isReachable(): Promise<boolean>;
  /** What a database that is no file of the data directory takes. */
  readonly databaseBytes?: () => Promise<number>;
};

/** Each engine is loaded only where it is used. */
async function openStore(
  { data, database }: Config,
  onFatal: (error: unknown) => void,
): Promise<OpenedStore> {
  if (database === undefined) {
    const { openSqliteStore } = await import('#storage/embedded/embedded-store.ts');
    return { ...(await openSqliteStore({ directory: data, onFatal })), isReachable: async () => true };
  }
  const { openPostgresStore } = await import('#storage/postgres/postgres-store.ts');
  const store = await openPostgresStore({ url: database, blobs: data, onFatal });
  // Several servers may serve one database, so none has to be named to the next.
  return { ...store, announce: () => undefined };
}

/** Runs until SIGINT or SIGTERM; a start that is refused is one clear line and exit 1. */
export async function serveUntilStopped(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(helpText());
    return;
  }
  try {
    const server = await runServer(argv);
    let isStopping = false;
    // Ctrl+C through npm arrives twice: the second changes nothing.
    const stop = (): void => {
      if (isStopping) return;
      isStopping = true;
      server.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`cairn: The stop failed: ${String(error)}\n`);
          process.exit(1);
        },
      );
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    const reason = error instanceof Fault ? error.message : machineReason(error);
    if (reason === undefined) throw error;
    process.stderr.write(`cairn: ${reason}\n`);
    process.exitCode = 1;
  }
}

/** What the machine refused, in its own words; undefined when the error is a bug of ours. */
function machineReason(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const isSqlite = error.code === 'ERR_SQLITE_ERROR' && 'errcode' in error && error.errcode !== SQL_MISTAKE;
  return isSqlite
    ? `The database cannot be opened: ${error.message}.`
    : 'syscall' in error
      ? `The store cannot be opened: ${error.message}.`
      : undefined;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
