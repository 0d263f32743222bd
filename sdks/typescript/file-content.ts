import type { HeldBytes, Host } from './host.ts';

/** What a file may be given as. `{ from }` is the path of a local file; a stream is read once and kept until it is sent. */
export type FileContent =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | { readonly from: string }
  | AsyncIterable<Uint8Array>;

/** Bytes that can be sent as often as needed. Those of a buffer are copied now: the caller may go on using it. */
export function holdBytes(content: FileContent, host: Host): Promise<HeldBytes> {
  if (content instanceof Blob) return inMemory(content);
  if (typeof content === 'string' || content instanceof ArrayBuffer) return inMemory(new Blob([content]));
  if (content instanceof Uint8Array) return inMemory(new Blob([new Uint8Array(content)]));
  return 'from' in content ? host.openFile(content.from) : host.keepStream(content);
}

function inMemory(blob: Blob): Promise<HeldBytes> {
  return Promise.resolve({ blob, release: () => Promise.resolve() });
}
