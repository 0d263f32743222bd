import type { Warn } from './warnings.ts';

// `fetch` that does not give up: a request that met no server, or an answer that says "later" (408, 429, 5xx), is sent
// again after an exponentially growing wait with jitter, or after Retry-After. Only for requests that may be repeated,
// with bodies that can be read again. Any other answer is returned as it is. The caller's signal ends the waiting.

const FIRST_WAIT_MS = 200;
/** Half a minute: long enough not to hammer a server that restarts, short enough that a person does not wonder. */
const LONGEST_WAIT_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 120_000;
const ATTEMPT_LIMIT_MS = 60_000;

export interface RetryOptions {
  readonly warn: Warn;
  readonly send?: typeof fetch;
  /** Waits; ends early, with the signal's reason, when the signal fires. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** In [0, 1). */
  readonly random?: () => number;
}

export function retryingFetch(server: string, options: RetryOptions): typeof fetch {
  const { warn, send = fetch, sleep = sleepUnless, random = Math.random } = options;
  let isAway = false;
  return async (input, init) => {
    const signal = init?.signal ?? undefined;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await send(input, limited(init)).catch((error: unknown) => new Unreached(error));
      if (!(outcome instanceof Unreached) && !isTemporary(outcome.status)) {
        if (isAway) warn(`${server} answers again.`);
        isAway = false;
        return outcome;
      }
      if (outcome instanceof Unreached && (signal?.aborted || isUnreadable(outcome.error)))
        throw outcome.error;
      if (!(outcome instanceof Unreached) && signal?.aborted) return outcome;
      if (!isAway) warn(`${server} ${trouble(outcome)}; what is logged is kept and sent again.`);
      isAway = true;
      const wait =
        outcome instanceof Unreached ? undefined : retryAfterMs(outcome.headers.get('retry-after'));
      if (!(outcome instanceof Unreached)) await outcome.body?.cancel();
      await sleep(wait ?? backoffMs(attempt, random()), signal);
    }
  };
}

/** An answer may take a minute; files take what they take. */
function limited(init: RequestInit | undefined): RequestInit {
  if (init?.body instanceof Blob) return init;
  const limit = AbortSignal.timeout(ATTEMPT_LIMIT_MS);
  return { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit };
}

/** The file behind the body changed or went away: no server is to blame and no repetition helps. */
function isUnreadable(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && cause.name === 'NotReadableError';
}

class Unreached {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

export function isTemporary(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}

/** Between half and all of 0.2 s · 2^attempt, at most 30 s: "equal jitter", so that many runs do not return together. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return ceiling / 2 + (random * ceiling) / 2;
}

/** RFC 9110 §10.2.3: seconds or a date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER_MS);
}

/** Why a request met no server, in its innermost words (`connect ECONNREFUSED 127.0.0.1:5100`). */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

function trouble(outcome: Response | Unreached): string {
  return outcome instanceof Unreached
    ? `cannot be reached (${reasonOf(outcome.error)})`
    : `answers ${outcome.status}`;
}

/** The timer alone keeps no process alive: whoever must wait for delivery holds one that does. */
function sleepUnless(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('Stopped waiting.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    // In a browser a timer is a number.
    if (typeof timer === 'object') timer.unref();
    signal?.addEventListener('abort', stop, { once: true });
  });
}
