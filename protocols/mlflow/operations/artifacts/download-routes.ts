import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { openFile } from '#core/tracking/files/open-file.ts';
import { openVersionFile } from '#core/tracking/registry/open-version-file.ts';
import { workspaceOf } from '#protocols/edge/base-path.ts';
import { sendFile } from '#protocols/edge/download.ts';
import type { Edge } from '#protocols/edge/wire.ts';
import { portsWithin } from '#protocols/edge/workspace-ports.ts';
import { modelOf, nonEmpty, runOf, runRef, text } from '../../wire/fields.ts';
import { readRequest } from '../../wire/read-request.ts';
import { versionNumber } from '../../wire/version-number.ts';

const ofRun = z.object({ ...runRef, path: text });
const ofModel = z.object({ model_id: text, artifact_file_path: text });
const ofVersion = z.object({ name: nonEmpty, version: nonEmpty, path: text });

/** Downloads as a browser asks for them, outside the RPC table. */
export function downloadRoutes(scope: FastifyInstance, { ports }: Edge): void {
  const config = { permission: 'file:read' } as const;
  const portsOf = portsWithin(ports);
  for (const url of ['/get-artifact', '/ajax-api/2.0/mlflow/get-artifact']) {
    scope.get(url, { config }, async (request, reply) => {
      const ask = readRequest(ofRun, request);
      const owner = { kind: 'run', run: runOf(ask) } as const;
      return sendFile(reply, await openFile(portsOf(request), request.principal, { owner, path: ask.path }));
    });
  }
  for (const url of ['/model-versions/get-artifact', '/ajax-api/2.0/mlflow/model-versions/get-artifact']) {
    scope.get(url, { config }, async (request, reply) => {
      const { name, path, version } = readRequest(ofVersion, request);
      const ref = { workspace: workspaceOf(request), name, version: { number: versionNumber(version) } };
      return sendFile(reply, await openVersionFile(portsOf(request), request.principal, { ...ref, path }));
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
        await openFile(portsOf(request), request.principal, { owner, path: ask.artifact_file_path }),
      );
    },
  );
}
