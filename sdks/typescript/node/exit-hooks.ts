import type { OpenRun } from '../host.ts';
import { warnOnConsole } from '../warnings.ts';

// A run that the program does not finish is finished when the process ends: by itself → finished, by SIGINT or SIGTERM
// → killed, by an uncaught error → failed. The process then ends as it would have without us: same signal, same error,
// same exit code. A program that handles the signal or the error itself keeps deciding: there we only send what waits.

/** Long enough for a batch and a status, short enough that Ctrl+C does not feel ignored. */
const GRACE_MS = 5000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const open = new Set<OpenRun>();

/** Returns the function that stops watching. */
export function watchExit(run: OpenRun): () => void {
  if (open.size === 0) listen();
  open.add(run);
  return () => {
    if (open.delete(run) && open.size === 0) unlisten();
  };
}

function listen(): void {
  process.on('beforeExit', onBeforeExit);
  process.on('exit', onExit);
  process.on('uncaughtException', onUncaught);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off('beforeExit', onBeforeExit);
  process.off('exit', onExit);
  process.off('uncaughtException', onUncaught);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function onBeforeExit(): void {
  for (const run of open) void run.finish('finished');
}

function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) {
    void flushAll();
    return;
  }
  void finishAll('killed').then(() => {
    unlisten();
    process.kill(process.pid, signal);
  });
}

function onUncaught(error: unknown): void {
  if (process.listenerCount('uncaughtException') > 1) {
    void flushAll();
    return;
  }
  void finishAll('failed').then(() => {
    unlisten();
    // Thrown outside any promise, so that Node reports it as it would have at first.
    setImmediate(() => {
      throw error;
    });
  });
}

/** `process.exit()` leaves no time to send: say what it cost. */
function onExit(): void {
  const left = [...open].map((run) => run.leftover()).filter((text) => text !== undefined);
  if (left.length > 0) {
    warnOnConsole(`process.exit() came before ${left.join(', ')} were sent; await run.finish() first.`);
  }
}

async function finishAll(status: 'failed' | 'killed'): Promise<void> {
  await Promise.all([...open].map((run) => run.finish(status, GRACE_MS)));
}

async function flushAll(): Promise<void> {
  await Promise.allSettled([...open].map((run) => run.flush(GRACE_MS)));
}
