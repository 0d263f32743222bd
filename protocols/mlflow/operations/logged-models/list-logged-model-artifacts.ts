import { z } from 'zod';
import { listFiles } from '#core/tracking/files/list-files.ts';
import { findModel } from '#core/tracking/models/find-model.ts';
import { operation } from '../../operation.ts';
import { modelOf, optionalText, text } from '../../wire/fields.ts';
import { fileInfo } from '../../wire/file-info.ts';
import { declaredList } from '../../wire/presence.ts';

export const listLoggedModelArtifacts = operation({
  methods: ['GET'],
  path: '/mlflow/logged-models/:model_id/artifacts/directories',
  permission: 'file:read',
  request: z.object({ model_id: text, artifact_directory_path: optionalText }),
  async handle({ ports, principal }, { model_id: id, artifact_directory_path: folder }) {
    const model = await findModel(ports, principal, { model: modelOf(id) });
    const entries = await listFiles(ports, principal, {
      owner: { kind: 'model', model: model.id },
      folder: folder ?? '',
    });
    return { root_uri: model.artifactUri, ...declaredList('files', entries.map(fileInfo)) };
  },
});
