import type { Logger } from 'pino';
import { collectGarbage } from '#core/tracking/care/collect-garbage.ts';
import { expireUploads } from '#core/tracking/files/expire-uploads.ts';
import { forgetReceipts } from '#core/tracking/care/forget-receipts.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';

/** After a start others come first. */
const FIRST_AFTER_MS = 5 * 60_000;
const EVERY_MS = 60 * 60_000;

/** What a store needs from time to time, in the background; ends with the returned function, which waits for a pass. */
export function keepTidy(
  ports: Pick<Ports, 'blobs' | 'catalog' | 'writer' | 'clock' | 'uploads'>,
  logger: Pick<Logger, 'info' | 'warn'>,
): () => Promise<void> {
  let pass: Promise<void> | undefined;
  const begin = (): void => {
    pass ??= tidy(ports, logger).finally(() => (pass = undefined));
  };
  const first = setTimeout(begin, FIRST_AFTER_MS).unref();
  const next = setInterval(begin, EVERY_MS).unref();
  return async () => {
    clearTimeout(first);
    clearInterval(next);
    await pass;
  };
}

async function tidy(
  ports: Pick<Ports, 'blobs' | 'catalog' | 'writer' | 'clock' | 'uploads'>,
  logger: Pick<Logger, 'info' | 'warn'>,
): Promise<void> {
  try {
    await forgetReceipts(ports);
    await expireUploads(ports);
    const { removed, unnamed } = await collectGarbage(ports);
    if (removed > 0 || unnamed > 0) logger.info({ removed, unnamed }, 'collected files that nothing names');
  } catch (error) {
    // A full disk, a store that is closing: the next pass does what this one left.
    logger.warn({ err: error }, 'tidying the store was interrupted');
  }
}
