import { once } from 'node:events';

import { LIVE_PATH, type LiveEvent, type LiveRequest } from '#core/contract/live.ts';

const PATIENCE_MS = 30_000;

/** What a page does at `/api/live`: it watches, and holds the cursor with which it goes on elsewhere. */
export class ListeningPage {
  /** Since the last `open`. */
  readonly heard: LiveEvent[] = [];
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.heard.push(JSON.parse(String(data)) as LiveEvent));
  }

  /** Resolves when the server says that it watches. */
  static async open(origin: string, watch: Omit<LiveRequest, 'kind'>): Promise<ListeningPage> {
    const socket = new WebSocket(origin.replace(/^http/, 'ws') + LIVE_PATH);
    const page = new ListeningPage(socket);
    await once(socket, 'open');
    socket.send(JSON.stringify({ kind: 'watch', ...watch } satisfies LiveRequest));
    await page.#hears(() => page.heard.some(({ kind }) => kind === 'watching'));
    return page;
  }

  get cursor(): string {
    return this.heard.at(-1)?.cursor ?? '';
  }

  /** Of any run, in the order in which they were heard of. */
  get metrics(): readonly string[] {
    return this.heard.flatMap((event) =>
      event.kind === 'changed' ? event.runs.flatMap(({ metrics }) => metrics) : [],
    );
  }

  async hearsOf(metric: string): Promise<void> {
    await this.#hears(() => this.metrics.includes(metric));
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  async #hears(isHeard: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    while (!isHeard()) await once(this.#socket, 'message', { signal });
  }
}
