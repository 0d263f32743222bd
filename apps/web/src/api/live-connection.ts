// One WebSocket a tab. It says what the page can see, hears what changed, and after a break asks for what it missed by
// the last cursor. It rests while the tab is hidden and comes back with growing, jittered pauses when the server is
// away. Which parts of the page care is not its business: `onChanged` and `onReset` are called with what was heard.
import { LIVE_PATH, type LiveEvent, type LiveRequest } from '#core/contract/live.ts';

export type Changed = Extract<LiveEvent, { kind: 'changed' }>;
export type LiveState = 'connecting' | 'open' | 'lost' | 'paused';

export interface Interest {
  readonly home?: boolean;
  readonly projects?: readonly string[];
  readonly runs?: readonly string[];
  /** Registered models: any of them. */
  readonly registry?: boolean;
}

export interface LiveOptions {
  readonly url: string;
  readonly open: (url: string) => WebSocket;
  readonly onChanged: (event: Changed) => void;
  readonly onReset: () => void;
  readonly random?: () => number;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

export class LiveConnection {
  readonly #options: LiveOptions;
  readonly #interests = new Set<Interest>();
  readonly #listeners = new Set<() => void>();
  #socket: WebSocket | undefined;
  #cursor: string | undefined;
  #state: LiveState = 'connecting';
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Adds what some part of the page can see; the answer takes it back. */
  watch(interest: Interest): () => void {
    this.#interests.add(interest);
    this.#sendSoon();
    return () => {
      this.#interests.delete(interest);
      this.#sendSoon();
    };
  }

  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    clearTimeout(this.#timer);
    if (this.#socket) return;
    this.#become('connecting');
    const socket = this.#options.open(this.#options.url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (this.#socket === socket) this.#send();
    });
    socket.addEventListener('message', (event) => {
      if (this.#socket === socket) this.#hear(JSON.parse(String(event.data)) as LiveEvent);
    });
    socket.addEventListener('close', () => {
      if (this.#socket === socket) this.#retry();
    });
  }

  /** While nobody looks: no traffic, the cursor is kept. */
  pause(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#become('paused');
  }

  #hear(event: LiveEvent): void {
    this.#failures = 0;
    this.#cursor = event.cursor;
    this.#become('open');
    if (event.kind === 'reset') this.#options.onReset();
    if (event.kind === 'changed') this.#options.onChanged(event);
  }

  #retry(): void {
    this.#socket = undefined;
    this.#become('lost');
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    const jitter = 0.5 + (this.#options.random ?? Math.random)();
    this.#timer = setTimeout(() => this.start(), pause * jitter);
  }

  /** Several parts mount in one turn; the server hears of it once. */
  #sendSoon(): void {
    if (this.#isSending) return;
    this.#isSending = true;
    queueMicrotask(() => {
      this.#isSending = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const request: LiveRequest = {
      kind: 'watch',
      ...combined(this.#interests),
      ...(this.#cursor !== undefined && { cursor: this.#cursor }),
    };
    this.#socket.send(JSON.stringify(request));
  }

  #become(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export function liveUrl(location: Location): string {
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}${LIVE_PATH}`;
}

/** The limits of the contract: what does not fit is refreshed by its project's changes. */
function combined(
  interests: Iterable<Interest>,
): Pick<LiveRequest, 'home' | 'projects' | 'runs' | 'registry'> {
  const projects = new Set<string>();
  const runs = new Set<string>();
  let home = false;
  let registry = false;
  for (const interest of interests) {
    home ||= interest.home ?? false;
    registry ||= interest.registry ?? false;
    interest.projects?.forEach((id) => projects.add(id));
    interest.runs?.forEach((id) => runs.add(id));
  }
  return {
    home,
    projects: [...projects].slice(0, 100),
    runs: [...runs].slice(0, 2000),
    ...(registry && { registry }),
  };
}
