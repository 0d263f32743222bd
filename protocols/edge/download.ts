import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { lookup } from 'mime-types';
import type { OpenedFile } from '#core/tracking/files/open-file.ts';

const TEXT = /\.(txt|log|md|py|yaml|yml|toml|ini|cfg|csv|tsv|sh|r|json|jsonl|xml|html?|js|ts|svg)$/i;

/**
 * Sends a file so that a browser never runs it: text types as text/plain, sniffing off, always an attachment
 * (what MLflow's clients expect as well).
 */
export function sendFile(reply: FastifyReply, { file, bytes }: OpenedFile): FastifyReply {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const isText = TEXT.test(name) || !name.includes('.') || name === 'MLmodel';
  const type = isText ? 'text/plain; charset=utf-8' : lookup(name) || 'application/octet-stream';
  return reply
    .header('content-type', type)
    .header('content-length', file.sizeBytes)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('etag', `"${file.digest}"`)
    .send(Readable.from(bytes, { objectMode: false }));
}
