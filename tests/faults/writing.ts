import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { makeClients, type Clients } from '../crash/make-clients.ts';
import { together, type Verdict } from '../crash/oracle.ts';
import { readBack } from '../crash/read-back.ts';
import type { RunningServer } from '../running-server.ts';

/** Clients that write, retry and keep a log of their own on another disk while something bad happens. */
export interface Writing {
  readonly clients: Clients;
  readonly runs: readonly string[];
  /** Lets them write for so many milliseconds; returns how many requests are acknowledged by then. */
  writeFor(milliseconds: number): Promise<number>;
  /**
   * Expects that everything acknowledged is there, once, and nothing else; removes the logs.
   * @param origin Of another server on the same data.
   */
  judge(origin?: string): Promise<Verdict>;
}

export async function writing(server: RunningServer, count = 3): Promise<Writing> {
  const clients = await makeClients(server.origin, count);
  return {
    clients,
    runs: clients.all.map(({ run }) => run),
    async writeFor(milliseconds) {
      for (const client of clients.all) client.start(server.origin);
      await sleep(milliseconds);
      await Promise.all(clients.all.map((client) => client.stop()));
      return clients.all.reduce((sum, { log }) => sum + log.acked.size, 0);
    },
    async judge(origin = server.origin) {
      const verdict = together(await Promise.all(clients.all.map((client) => readBack(origin, client))));
      expect(verdict).toMatchObject({ lost: [], doubled: [], wrong: [] });
      clients.discard();
      return verdict;
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly retryAfter: number;
  readonly text: string;
}

/** One request with a limit: nothing in this laboratory may hang. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(15_000), ...init });
  const text = await response.text();
  return { status: response.status, retryAfter: Number(response.headers.get('retry-after') ?? NaN), text };
}

export function postJson(url: string, body: unknown): Promise<Answer> {
  return ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Where a file without a run lies on the MLflow wire. */
export function looseFile(server: RunningServer, name: string): string {
  return `${server.origin}/api/2.0/mlflow-artifacts/artifacts/loose/${name}`;
}

/** Bugs that a server met, by its own log: a fault that is foreseen is none. */
export function bugsOf(server: RunningServer): readonly string[] {
  return server.stderr.split('\n').filter((line) => line.includes('"msg":"bug"'));
}

/** What a process has in memory now. Zero where the system does not say (it is Linux that does). */
export function memoryMib(pid: number): number {
  if (process.platform !== 'linux') return 0;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
