// A session may end while somebody works. A request that hears so waits until its sender has logged in again and is
// then sent once more: what is on screen stays, what was typed is not lost, and nobody has to press the button twice.

interface Wait {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/** Requests whose 401 is the answer, not a session that ended: wrong passwords and spent tokens. */
const ABOUT_SECRETS = ['/api/session', '/api/setup', '/api/invitations/accept', '/api/account/password'];

let isLoggedIn = false;
let wait: Wait | undefined;
const listeners = new Set<() => void>();

/** Says that there is a session to lose. */
export function expectSession(): void {
  isLoggedIn = true;
}

/** True from the first request that was refused until somebody has logged in again. */
export function isSessionLost(): boolean {
  return wait !== undefined;
}

export function onSessionLost(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Lets go what waited. */
export function sessionIsBack(): void {
  const before = wait;
  wait = undefined;
  for (const listener of listeners) listener();
  before?.resolve();
}

export const sendWhileLoggedIn: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status !== 401 || !isLoggedIn || ABOUT_SECRETS.includes(pathOf(input))) return response;
  await response.body?.cancel();
  await logInAgain(init?.signal);
  return fetch(input, init);
};

function logInAgain(signal: AbortSignal | null | undefined): Promise<void> {
  if (wait === undefined) {
    let resolve = (): void => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    wait = { promise, resolve };
    for (const listener of listeners) listener();
  }
  if (!signal) return wait.promise;
  const { promise } = wait;
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    void promise.then(resolve);
  });
}

function pathOf(input: RequestInfo | URL): string {
  const url = input instanceof Request ? input.url : String(input);
  return new URL(url, location.origin).pathname;
}
