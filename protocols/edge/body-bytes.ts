import type { IncomingMessage } from 'node:http';

/** More than a client has under way when it is told no; from then on the connection is not worth keeping. */
const THROWN_AWAY_BYTES = 64 * 1024 * 1024;

/**
 * The bytes of a request's body as they come. Whoever stops reading early (a file beyond its limit, a full disk) leaves no
 * client hanging: most send everything before they look for an answer, and a body that nobody reads would keep them,
 * and the connection, until somebody's timeout. So the rest is read and thrown away, up to 64 MiB; then the connection ends.
 */
export async function* bodyBytes(raw: IncomingMessage): AsyncGenerator<Uint8Array, void, undefined> {
  let isRead = false;
  try {
    yield* raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    isRead = true;
  } finally {
    if (!isRead) throwAway(raw);
  }
}

function throwAway(raw: IncomingMessage): void {
  const { socket } = raw;
  let left = THROWN_AWAY_BYTES;
  raw.on('error', () => {});
  raw.on('data', (part: Uint8Array) => {
    left -= part.byteLength;
    if (left < 0) socket.destroy();
  });
}
