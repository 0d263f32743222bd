import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { beginUpload } from '#core/tracking/files/begin-upload.ts';
import { abortUpload, completeUpload } from '#core/tracking/files/complete-upload.ts';
import { putPart } from '#core/tracking/files/put-part.ts';
import { resolveTree, type TreePlace } from '#core/tracking/files/resolve-tree.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { bodyBytes } from '#protocols/edge/body-bytes.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import { portsWithin } from '#protocols/edge/workspace-ports.ts';
import { absentWhenNull, int64, list, text } from '../../wire/fields.ts';
import { readRequest } from '../../wire/read-request.ts';
import { assertOwnerNamed } from './whole-instead.ts';

// Files in parts: create answers one URL of this server for each part, clients PUT to these several at once and without
// their credentials, as they would to a bucket's signed URLs, and complete with the ETags that were answered. The upload's
// id in a URL is what proves the right to send to it. MLflow's client does this for 500 MB and more when
// MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD is set; its http_artifact_repo.py is the specification.

const PREFIXES = ['/api/2.0', '/ajax-api/2.0'];
const ROOT = '/mlflow-artifacts/mpu';

const toBegin = z.object({ '*': text, path: text, num_parts: absentWhenNull(int64) });
const toAbort = z.object({ '*': text, path: text, upload_id: text });
const toComplete = toAbort.extend({ parts: list(z.object({ part_number: int64, etag: text }), 10_000) });
const ofPart = z.object({ upload_id: text, part_number: int64 });

/** @param json the scope whose bodies are JSON. @param raw the scope whose bodies are not read. */
export function multipartRoutes(json: FastifyInstance, raw: FastifyInstance, edge: Edge): void {
  const { ports } = edge;
  const portsOf = portsWithin(ports);
  const { fileLimitBytes: limitBytes } = edge;
  const config = { permission: 'file:write' } as const;

  for (const prefix of PREFIXES) {
    json.post(`${prefix}${ROOT}/create/*`, { config }, async (request) => {
      assertOwnerNamed(request);
      const ask = readRequest(toBegin, request);
      const place = await placeOf(portsOf(request), ask);
      const partCount = ask.num_parts ?? 1;
      const { id } = await beginUpload(portsOf(request), request.principal, { ...place, partCount });
      const root = rootOf(request);
      const credentials = Array.from({ length: partCount }, (_, at) => ({
        url: `${root}/parts/${id}/${at + 1}`,
        part_number: at + 1,
        headers: {},
      }));
      return { upload_id: id, credentials };
    });

    json.post(`${prefix}${ROOT}/complete/*`, { config }, async (request) => {
      const ask = readRequest(toComplete, request);
      const parts = ask.parts.map(({ part_number: number, etag }) => ({ number, digest: unquoted(etag) }));
      const place = await placeOf(portsOf(request), ask);
      await completeUpload(portsOf(request), request.principal, {
        ...place,
        upload: ask.upload_id,
        parts,
        limitBytes,
      });
      return {};
    });

    json.post(`${prefix}${ROOT}/abort/*`, { config }, async (request) => {
      const ask = readRequest(toAbort, request);
      const place = await placeOf(portsOf(request), ask);
      await abortUpload(portsOf(request), request.principal, { ...place, upload: ask.upload_id });
      return {};
    });

    const part = `${prefix}${ROOT}/parts/:upload_id/:part_number`;
    raw.put(part, { config: { permission: 'public' } }, async (request, reply) => {
      const { upload_id: upload, part_number: number } = readRequest(ofPart, request);
      const { digest } = await putPart(ports, { upload, number, bytes: bodyBytes(request.raw), limitBytes });
      void reply.header('etag', `"${digest}"`);
      return {};
    });
  }
}

/** The URL's path is the folder; the file has the last name of the path on the client's machine, whatever that runs. */
async function placeOf(
  ports: Pick<Ports, 'catalog'>,
  ask: { readonly '*': string; readonly path: string },
): Promise<TreePlace> {
  const name = ask.path.split(/[/\\]/).at(-1) ?? '';
  if (name === '') throw new Fault('invalid', 'Invalid path', { field: 'path' });
  const folder = ask['*'].replace(/\/+$/, '');
  return resolveTree(ports, folder === '' ? name : `${folder}/${name}`);
}

/** Where this client reaches us: the address and base path that it used, which a proxy or tunnel may have made its own. */
function rootOf(request: FastifyRequest): string {
  const path = request.originalUrl.slice(0, request.originalUrl.indexOf(ROOT));
  return `${request.protocol}://${request.host}${path}${ROOT}`;
}

function unquoted(etag: string): string {
  return etag.replace(/^(?:W\/)?"(.*)"$/, '$1');
}
