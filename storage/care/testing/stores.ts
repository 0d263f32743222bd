import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { AT } from '#storage/conformance/sample-changes.ts';
import { openSqliteStore, type EmbeddedStore } from '#storage/embedded/embedded-store.ts';
import { fillStore } from '#tests/upgrade/fill-store.ts';

const PROGRAM = join(import.meta.dirname, 'care-program.ts');

export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-care-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Heads are sealed early, so that there are segments beside the journal. */
export function openStore(directory: string): Promise<EmbeddedStore> {
  const fail = (error: unknown): void => {
    throw error;
  };
  return openSqliteStore({ directory, now: () => AT, series: { fullPoints: 1024 }, onFatal: fail });
}

/** A closed store with one of everything in it. */
export async function filledStore(directory: string): Promise<string> {
  const store = await openStore(directory);
  await fillStore(store);
  await store.close();
  return directory;
}

/** Keeps more files in a store: `count` blobs of a few bytes each, which a loose tree names. */
export async function addFiles(store: EmbeddedStore, name: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const path = `${name}/${i}`;
    const blob = await store.blobs.put(ReadableStream.from([new TextEncoder().encode(path)]));
    const change = { kind: 'put-file', owner: { kind: 'loose' }, path, ...blob } as const;
    await store.writer.commit({ actor: { kind: 'user', id: 'ada' }, at: AT, changes: [change] });
  }
}

/** Runs the program until it ends or dies; `killAfter` kills it when it has told so many stages. */
export async function runCare(words: readonly string[], killAfter = Infinity): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let told = 0;
  let complaint = '';
  child.stderr.on('data', (part) => (complaint += String(part)));
  child.stdout.on('data', (part) => {
    told += String(part).split('\n').length - 1;
    if (told >= killAfter) child.kill('SIGKILL');
  });
  const [code, signal] = (await exited) as [number | null, string | null];
  return signal ?? (code === 0 ? 'done' : complaint);
}

/** Runs a statement on a database file, behind the store's back. */
export function sql(file: string, statement: string, ...values: (string | number | Uint8Array)[]): unknown[] {
  const database = new DatabaseSync(file);
  try {
    return database.prepare(statement).all(...values);
  } finally {
    database.close();
  }
}
