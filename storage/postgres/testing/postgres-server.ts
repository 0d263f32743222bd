import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, chmod, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 25;

/** Signals of the postmaster: postgresql.org/docs/current/server-shutdown.html */
const STOP_SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/**
 * A real PostgreSQL on a free port of 127.0.0.1, durable as in production, with a data directory of its own in the
 * system's temporary one. Whoever starts it stops it.
 */
export class PostgresServer implements AsyncDisposable {
  readonly port: number;
  readonly #home: string;
  readonly #binaries: PostgresBinaries;
  readonly #password: string;
  readonly #settings: readonly string[];
  /** Databases whose users have gone. */
  readonly #free: string[] = [];
  #databases = 0;
  #process: ChildProcess | undefined;
  #log = '';
  /** Whoever started it may end without a word. */
  readonly #atExit = (): void => {
    this.#process?.kill(STOP_SIGNALS.immediate);
  };

  private constructor(parts: {
    readonly port: number;
    readonly home: string;
    readonly binaries: PostgresBinaries;
    readonly password: string;
    readonly settings: readonly string[];
  }) {
    this.port = parts.port;
    this.#home = parts.home;
    this.#binaries = parts.binaries;
    this.#password = parts.password;
    this.#settings = parts.settings;
  }

  /** @param settings such as `fsync=off`, over the defaults of PostgreSQL. */
  static async start(...settings: readonly string[]): Promise<PostgresServer> {
    const binaries = await postgresBinaries();
    const home = await mkdtemp(join(tmpdir(), 'cairn-postgres-'));
    const server = new PostgresServer({
      port: await freePort(),
      home,
      binaries,
      password: randomUUID(),
      settings,
    });
    try {
      await server.#initialise();
      await server.restart();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A server with a copy of this one, which is restarted for it, that follows it until `SELECT pg_promote()`. */
  async standby(): Promise<PostgresServer> {
    await this.stop();
    const home = await mkdtemp(join(tmpdir(), 'cairn-postgres-'));
    const follow = `host=127.0.0.1 port=${this.port} user=postgres password=${this.#password} application_name=standby`;
    const standby = new PostgresServer({
      port: await freePort(),
      home,
      binaries: await postgresBinaries(),
      password: this.#password,
      settings: [...this.#settings, `primary_conninfo=${follow}`],
    });
    try {
      await chmod(home, 0o755);
      // With its owner, which Node's own `cp` does not keep.
      await promisify(execFile)('cp', ['-a', join(this.#home, 'data'), home]);
      await standby.#write(join(home, 'data', 'standby.signal'), '');
      await this.restart();
      await standby.restart();
      return standby;
    } catch (error) {
      await standby[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Of a database, `postgres` for the one that is always there. */
  url(database = 'postgres'): string {
    return `postgres://postgres:${this.#password}@127.0.0.1:${this.port}/${database}`;
  }

  /** The URL of an empty database that nobody else has; `release` lets a later caller have it, emptied. */
  async freshDatabase(): Promise<{ readonly url: string; readonly release: () => void }> {
    const again = this.#free.pop();
    if (again !== undefined) await this.#statement(EMPTY, again);
    const name = again ?? `test_${(this.#databases += 1)}`;
    if (again === undefined) await this.#statement(`CREATE DATABASE ${name}`);
    return { url: this.url(name), release: () => void this.#free.push(name) };
  }

  /** Starts it when it does not run, and waits until it answers. */
  async restart(): Promise<void> {
    if (this.#process) return;
    this.#log = '';
    const flags = [
      `port=${this.port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      ...this.#settings,
    ];
    const child = spawn(
      join(this.#binaries.folder, 'postgres'),
      ['-D', join(this.#home, 'data'), ...flags.flatMap((flag) => ['-c', flag])],
      { ...this.#binaries.user, cwd: this.#home, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-LOG_KEPT);
    });
    this.#process = child;
    process.once('exit', this.#atExit);
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline) {
        throw new Error(`PostgreSQL did not start.\n${this.#log}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** `fast` ends every connection and shuts down; `immediate` is a crash: the next start recovers from the log. */
  async stop(how: keyof typeof STOP_SIGNALS = 'fast'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    process.removeListener('exit', this.#atExit);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(STOP_SIGNALS[how]);
    await gone;
  }

  /** Runs statements as the administrator and gives the rows of the last. */
  async query(sql: string, database?: string): Promise<readonly Record<string, unknown>[]> {
    return this.#statement(sql, database);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('immediate');
    await rm(this.#home, { recursive: true, force: true });
    await this.#binaries.dispose();
  }

  async #initialise(): Promise<void> {
    const data = join(this.#home, 'data');
    const passwordFile = join(this.#home, 'password');
    await chmod(this.#home, 0o755);
    await mkdir(data, { mode: 0o700 });
    await this.#give(data);
    await this.#write(passwordFile, `${this.#password}\n`);
    const child = spawn(
      join(this.#binaries.folder, 'initdb'),
      ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...INITDB_FLAGS],
      { ...this.#binaries.user, cwd: this.#home, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`initdb failed.\n${this.#log}`);
  }

  /** Writes a file that only the user of the server reads. */
  async #write(path: string, text: string): Promise<void> {
    await writeFile(path, text, { mode: 0o600 });
    await this.#give(path);
  }

  async #give(path: string): Promise<void> {
    const { uid, gid } = this.#binaries.user;
    if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
  }

  async #answers(): Promise<boolean> {
    return this.#statement('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  async #statement(sql: string, database?: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.url(database) });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const results: unknown = await client.query(sql);
      return ((Array.isArray(results) ? results.at(-1) : results) as { rows: Record<string, unknown>[] })
        .rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

const LOG_KEPT = 16_384;
/** The database is made in a temporary directory: its files need no fsync of their own. */
const INITDB_FLAGS = ['--encoding=UTF8', '--locale=C', '--no-sync'];

/**
 * Rows go, tables stay, except for what migrations put there: far faster than another database or schema, whose files
 * PostgreSQL would have to make durable.
 */
const EMPTY = `SET session_replication_role = replica;
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      IF name = 'commit_log_end' THEN UPDATE commit_log_end SET position = 0;
      ELSIF name <> 'schema_migration' THEN EXECUTE format('DELETE FROM %I', name);
      END IF;
    END LOOP;
  END $$`;

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
