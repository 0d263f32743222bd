import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { Fault } from '#core/domain/fault.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { buildApp, originOf } from './build-app.ts';
import { readConfig } from './config.ts';
import { randomIdentities } from './identities.ts';
import { assertLoopback } from './local-guard.ts';
import { settleMemory } from './settle-memory.ts';
import { WIRES } from './wires.ts';

/** Uploads in flight get this long after a stop signal. */
const GRACE_MS = 30_000;
const SWEEP_MS = 50;

export interface RunningServer {
  readonly origin: string;
  /** Stops accepting, finishes what was begun (at most 30 s), closes the store. */
  stop(): Promise<void>;
}

/**
 * Opens the store, listens, and says where.
 * @throws Fault `invalid` (settings), `forbidden` (not loopback), `conflict` (the data directory is served by another process).
 */
export async function runServer(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningServer> {
  const config = readConfig(argv, env);
  assertLoopback(config.host);
  const logger = pino({ level: config.logLevel, base: null }, pino.destination(2));
  let isHealthy = true;
  const store = await openSqliteStore({
    directory: config.data,
    onFatal: (error) => {
      isHealthy = false;
      logger.fatal(
        { err: error },
        'the store failed to make a commit durable; the outcome is unknown, so this process ends',
      );
      process.exit(74);
    },
  });
  const ports = { ...store, clock: { now: () => Date.now() }, ids: randomIdentities };
  let app: FastifyInstance | undefined;
  try {
    app = await buildApp({ config, ports, wires: WIRES, logger, isReady: () => isHealthy });
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
  process.stdout.write(welcome(origin));
  settleMemory();
  const served = app;
  const stop = async (): Promise<void> => {
    const late = setTimeout(() => served.server.closeAllConnections(), GRACE_MS);
    // A connection whose last request was in flight is idle only afterwards: clients would keep it open for minutes.
    const sweep = setInterval(() => served.server.closeIdleConnections(), SWEEP_MS);
    await served.close();
    clearTimeout(late);
    clearInterval(sweep);
    await store.close();
  };
  return { origin, stop };
}

/** Runs until SIGINT or SIGTERM; a start that is refused is one clear line and exit 1. */
export async function serveUntilStopped(argv: readonly string[]): Promise<void> {
  try {
    const server = await runServer(argv);
    let isStopping = false;
    // Ctrl+C through npm arrives twice: the second changes nothing.
    const stop = (): void => {
      if (isStopping) return;
      isStopping = true;
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`cairn: ${error.message}\n`);
    process.exitCode = 1;
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function welcome(origin: string): string {
  return [
    '',
    `  Cairn is listening on ${origin}`,
    '',
    '  MLflow   export MLFLOW_TRACKING_URI=' + origin,
    '           and run the script you have.',
    '  Page     open the address above; it shows the lines for every client that is spoken.',
    '',
    '',
  ].join('\n');
}
