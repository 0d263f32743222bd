import { z } from 'zod';
import { listFiles } from '#core/tracking/files/list-files.ts';
import { findRun } from '#core/tracking/runs/find-run.ts';
import { operation } from '../../operation.ts';
import { optionalText, runOf, runRef } from '../../wire/fields.ts';
import { fileInfo } from '../../wire/file-info.ts';
import { declaredList } from '../../wire/presence.ts';

export const listArtifacts = operation({
  methods: ['GET'],
  path: '/mlflow/artifacts/list',
  permission: 'file:read',
  request: z.object({ ...runRef, path: optionalText }),
  async handle({ ports, principal }, request) {
    const run = await findRun(ports, principal, { run: runOf(request) });
    const entries = await listFiles(ports, principal, {
      owner: { kind: 'run', run: run.id },
      folder: request.path ?? '',
    });
    return { root_uri: run.artifactUri, ...declaredList('files', entries.map(fileInfo)) };
  },
});
