import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { lookup } from 'mime-types';
import type { OpenedFile } from '#core/tracking/files/open-file.ts';
import { faultFrom, logAnswered } from './fault-from.ts';

const TEXT = /\.(txt|log|md|py|yaml|yml|toml|ini|cfg|csv|tsv|sh|r|json|jsonl|xml|html?|js|ts|svg)$/i;
/** Types that a browser runs, by whatever name a file has them: `.mjs`, `.xhtml`, `.shtml`. A script needs no navigation. */
const ACTIVE = /x?html\b|(?:ecma|java)script\b|[/+]xml\b|\/css\b|\/wasm\b|shockwave/i;

/**
 * Sends a file so that a browser never runs it: text types as text/plain, sniffing off, always an attachment
 * (what MLflow's clients expect as well).
 */
export function sendFile(reply: FastifyReply, { file, bytes }: OpenedFile): FastifyReply {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const isText = TEXT.test(name) || !name.includes('.') || name === 'MLmodel';
  const known = lookup(name) || 'application/octet-stream';
  const type = isText || ACTIVE.test(known) ? 'text/plain; charset=utf-8' : known;
  const stream = Readable.from(bytes, { objectMode: false });
  // An answer that has begun can only break off, and no handler of errors hears of it.
  stream.once('error', (error) => {
    if (reply.raw.headersSent) logAnswered(error, faultFrom(error), reply.request);
  });
  return reply
    .header('content-type', type)
    .header('content-length', file.sizeBytes)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('etag', `"${file.digest}"`)
    .send(stream);
}
