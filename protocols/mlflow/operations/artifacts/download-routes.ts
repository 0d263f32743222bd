import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { openFile } from '#core/tracking/files/open-file.ts';
import { sendFile } from '#protocols/edge/download.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import { modelOf, runOf, runRef, text } from '../../wire/fields.ts';
import { readRequest } from '../../wire/read-request.ts';

const ofRun = z.object({ ...runRef, path: text });
const ofModel = z.object({ model_id: text, artifact_file_path: text });

/** Downloads as a browser asks for them, outside the RPC table. */
export function downloadRoutes(scope: FastifyInstance, { ports }: Edge): void {
  const config = { permission: 'file:read' } as const;
  for (const url of ['/get-artifact', '/ajax-api/2.0/mlflow/get-artifact']) {
    scope.get(url, { config }, async (request, reply) => {
      const ask = readRequest(ofRun, request);
      const owner = { kind: 'run', run: runOf(ask) } as const;
      return sendFile(reply, await openFile(ports, request.principal, { owner, path: ask.path }));
    });
  }
  scope.get(
    '/ajax-api/2.0/mlflow/logged-models/:model_id/artifacts/files',
    { config },
    async (request, reply) => {
      const ask = readRequest(ofModel, request);
      const owner = { kind: 'model', model: modelOf(ask.model_id) } as const;
      return sendFile(
        reply,
        await openFile(ports, request.principal, { owner, path: ask.artifact_file_path }),
      );
    },
  );
}
