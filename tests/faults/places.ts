import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startServer, type RunningServer, type ServerOptions } from '../running-server.ts';

/** `npm run faults` asks for many; `npm test` for as many as say whether it still holds. */
export const IS_LARGE = process.env['CAIRN_TEST_FAULTS'] === 'large';

/** A folder that goes with the test. */
export function freshFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cairn-faults-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A server that ends with the test, however that ends. */
export async function startedServer(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({
    ...options,
    dataDir: options.dataDir ?? freshFolder(),
    args: ['--log-level', 'error', ...(options.args ?? [])],
  });
  onTestFinished(async () => {
    try {
      await server.kill('SIGTERM');
    } catch {
      // It was made to hang: kill() has ended it all the same.
    }
  });
  return server;
}
