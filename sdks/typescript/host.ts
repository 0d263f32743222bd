// What the SDK needs from where it runs. `node/node-host.ts` is the full one; a browser has less to tell.

/** A run that is not finished yet, as the exit hooks see it. */
export interface OpenRun {
  /** How much was logged and not yet acknowledged, in words; undefined when nothing is left. */
  leftover(): string | undefined;
  flush(timeoutMs: number): Promise<void>;
  finish(status: 'finished' | 'failed' | 'killed', timeoutMs?: number): Promise<void>;
}

/** Bytes that may be sent several times; `release` frees what holds them. */
export interface HeldBytes {
  readonly blob: Blob;
  release(): Promise<void>;
}

export interface Host {
  variable(name: string): string | undefined;
  userName(): string;
  /** Tags that say where the code came from: `mlflow.source.*`, `cairn.command`. Empty when unknown. */
  sourceTags(): Record<string, string>;
  /** A local file, read when it is sent. @throws Error when there is none. */
  openFile(path: string): Promise<HeldBytes>;
  /** Keeps a stream, which can be read only once, so that an upload can be repeated. */
  keepStream(stream: AsyncIterable<Uint8Array>): Promise<HeldBytes>;
  /** Finishes the run when the process ends without it. Returns the function that stops watching. */
  watchExit(run: OpenRun): () => void;
}

const browserHost: Host = {
  variable: () => undefined,
  userName: () => '',
  sourceTags: () => ({}),
  openFile: () => Promise.reject(new Error('{ from } names a local file, which a browser cannot open.')),
  async keepStream(stream) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of stream) parts.push(new Uint8Array(part));
    return { blob: new Blob(parts), release: () => Promise.resolve() };
  },
  watchExit: () => () => undefined,
};

export async function currentHost(): Promise<Host> {
  const isNode = typeof process === 'object' && typeof process.versions?.node === 'string';
  return isNode ? (await import('./node/node-host.ts')).nodeHost : browserHost;
}
