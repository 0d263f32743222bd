import type { Ports } from '../ports/ports.ts';
import { isExpired } from './find-upload.ts';

/** Forgets uploads that were abandoned a day ago, and answers that nobody asks for any longer. Resolves with how many. */
export async function expireUploads(ports: Pick<Ports, 'uploads' | 'clock'>): Promise<number> {
  const now = ports.clock.now();
  const expired = (await ports.uploads.list()).filter((upload) => isExpired(upload, now));
  for (const { id, answer } of expired) await (answer ? ports.uploads.forget(id) : ports.uploads.abort(id));
  return expired.length;
}
