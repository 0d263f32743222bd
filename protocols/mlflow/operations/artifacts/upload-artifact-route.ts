import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { putFile } from '#core/tracking/files/put-file.ts';
import { bodyBytes } from '#protocols/edge/body-bytes.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import { portsWithin } from '#protocols/edge/workspace-ports.ts';
import { runOf, runRef, text } from '../../wire/fields.ts';
import { readRequest } from '../../wire/read-request.ts';

const LIMIT_BYTES = 10 * 1024 * 1024;

const ask = z.object({ ...runRef, path: text });

/** A small file of a run as a browser sends it: raw bytes of any type, `run_uuid` and `path` in the query. */
export function uploadArtifactRoute(scope: FastifyInstance, { ports }: Edge): void {
  const portsOf = portsWithin(ports);
  for (const prefix of ['/api/2.0', '/ajax-api/2.0']) {
    scope.post(
      `${prefix}/mlflow/upload-artifact`,
      { config: { permission: 'file:write' } },
      async (request) => {
        const { path, ...ref } = readRequest(ask, request);
        if (Number(request.headers['content-length'] ?? 0) > LIMIT_BYTES) {
          throw new Fault('too_large', 'Artifact size is too large. Max size is 10MB.');
        }
        const owner = { kind: 'run', run: runOf(ref) } as const;
        const bytes = notEmpty(bodyBytes(request.raw));
        await putFile(portsOf(request), request.principal, { owner, path, bytes, limitBytes: LIMIT_BYTES });
        return {};
      },
    );
  }
}

/** A form that sent no file is a mistake, not an empty file. */
async function* notEmpty(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  for await (const part of source) {
    isEmpty &&= part.byteLength === 0;
    yield part;
  }
  if (isEmpty) throw new Fault('invalid', 'Request must specify data.');
}
