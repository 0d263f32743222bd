import { z } from 'zod';
import { findRegisteredModel } from '#core/tracking/registry/find-registered-model.ts';
import { latestVersions } from '#core/tracking/registry/latest-versions.ts';
import { operation } from '../../operation.ts';
import { list, nonEmpty, text } from '../../wire/fields.ts';
import { declaredList } from '../../wire/presence.ts';
import { presentVersionWithAliases } from '../../wire/present-registry.ts';
import { stageOf } from '../../wire/stages.ts';

export const getLatestVersions = operation({
  methods: ['GET', 'POST'],
  path: '/mlflow/registered-models/get-latest-versions',
  permission: 'registry:read',
  request: z.object({ name: nonEmpty, stages: list(text) }),
  async handle({ ports, principal, workspace }, { name, stages }) {
    const model = await findRegisteredModel(ports, principal, { workspace, name });
    const asked = new Set(stages.map((stage) => stageOf(stage, model)));
    const latest = await latestVersions(ports, [model], asked.size === 0 ? undefined : asked);
    const versions = latest.get(model) ?? [];
    return declaredList(
      'model_versions',
      versions.map((version) => presentVersionWithAliases(model, version)),
    );
  },
});
