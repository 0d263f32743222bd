import { z } from 'zod';
import { listFiles } from '#core/tracking/files/list-files.ts';
import { resolveTree } from '#core/tracking/files/resolve-tree.ts';
import { operation } from '../../operation.ts';
import { optionalText } from '../../wire/fields.ts';
import { baseInfo } from '../../wire/file-info.ts';
import { declaredList } from '../../wire/presence.ts';

export const listProxiedArtifacts = operation({
  methods: ['GET'],
  path: '/mlflow-artifacts/artifacts',
  permission: 'file:read',
  request: z.object({ path: optionalText }),
  async handle({ ports, principal }, { path }) {
    const place = await resolveTree(ports, path ?? '');
    const entries = await listFiles(ports, principal, { owner: place.owner, folder: place.path });
    return declaredList('files', entries.map(baseInfo));
  },
});
