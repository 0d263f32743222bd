import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What `cairn login` left about one server. */
export interface StoredKey {
  readonly key: string;
  /** The key's name without its secret, to revoke it by; absent for a key that was brought along. */
  readonly id?: string;
}

interface Credentials {
  /** The server that was logged in to last: asked when no other is named. */
  readonly server?: string;
  readonly keys: Readonly<Record<string, StoredKey>>;
}

/** Where the platform keeps a person's configuration. */
export function credentialsFile(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env['XDG_CONFIG_HOME'] || (process.platform === 'win32' && env['APPDATA']);
  return join(folder || join(homedir(), '.config'), 'cairn', 'credentials.json');
}

/** A file that is not there or cannot be understood holds nothing. */
export function readCredentials(file = credentialsFile()): Credentials {
  try {
    const { server, keys } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Credentials>;
    return { keys: keys ?? {}, ...(typeof server === 'string' && { server }) };
  } catch {
    return { keys: {} };
  }
}

/** Keeps the key of a server, readable by its owner alone from the first byte on. */
export function storeKey(server: string, stored: StoredKey, file = credentialsFile()): void {
  write(file, { server, keys: { ...readCredentials(file).keys, [server]: stored } });
}

export function forgetKey(server: string, file = credentialsFile()): void {
  const { server: last, keys } = readCredentials(file);
  const others = Object.fromEntries(Object.entries(keys).filter(([origin]) => origin !== server));
  write(file, { keys: others, ...(last !== undefined && last !== server && { server: last }) });
}

function write(file: string, credentials: Credentials): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}`;
  try {
    writeFileSync(next, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
    chmodSync(next, 0o600);
    renameSync(next, file);
  } finally {
    rmSync(next, { force: true });
  }
}
