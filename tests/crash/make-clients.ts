import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '#core/contract/client.ts';
import { ClientLog } from './client-log.ts';
import { WritingClient } from './writing-client.ts';

/** Another file system than the store's where there is one: the oracle must not share the store's fate. */
const ELSEWHERE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export interface Clients {
  readonly all: readonly WritingClient[];
  /** Closes the logs and removes them. */
  discard(): void;
}

/** Writers with a run each, created and acknowledged before any fault. */
export async function makeClients(origin: string, count: number): Promise<Clients> {
  const api = createClient(origin);
  const runs = await Promise.all(
    Array.from({ length: count }, () => api.createRun({ body: { project: '0' } })),
  );
  const logs = mkdtempSync(join(ELSEWHERE, 'cairn-oracle-'));
  const all = runs.map(
    (run, at) => new WritingClient(run.id, `metric_${at}`, new ClientLog(join(logs, `client-${at}.log`))),
  );
  return {
    all,
    discard() {
      for (const client of all) client.log.close();
      rmSync(logs, { recursive: true, force: true });
    },
  };
}
