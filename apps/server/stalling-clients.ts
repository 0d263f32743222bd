import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** What a client must send in a period for its connection to be worth keeping: no real one is that slow. */
const LEAST_BYTES = 512;

/**
 * Ends the connections of clients that stall in the middle of a body (slow-loris): those for which the server has been
 * waiting and that sent next to nothing for a whole period; so after one to two of them. A client that waits for the
 * server, because a disk is slow, is let be. Headers have Node's own limit, see `headersTimeout`.
 */
export function dropStallingClients(app: FastifyInstance, periodMs: number): void {
  /** Bytes read from the connection by the last round; -1 before the first. */
  const receiving = new Map<IncomingMessage, number>();
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return;
    receiving.set(raw, -1);
    raw.once('close', () => receiving.delete(raw));
  });
  const round = setInterval(() => {
    for (const [raw, before] of receiving) {
      const { bytesRead } = raw.socket;
      const isWaitedFor = !raw.complete && raw.readableLength === 0;
      if (isWaitedFor && before >= 0 && bytesRead - before < LEAST_BYTES) raw.socket.destroy();
      else receiving.set(raw, bytesRead);
    }
  }, periodMs).unref();
  app.addHook('onClose', async () => clearInterval(round));
}
