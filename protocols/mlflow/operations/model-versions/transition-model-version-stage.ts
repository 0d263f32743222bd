import { z } from 'zod';
import { findVersion } from '#core/tracking/registry/find-version.ts';
import { promoteAtOnce } from '#core/tracking/promotions/promote-version.ts';
import { operation } from '../../operation.ts';
import { absentWhenNull, bool, nonEmpty } from '../../wire/fields.ts';
import { presentVersionWithAliases } from '../../wire/present-registry.ts';
import { assertArchiving, stageOf } from '../../wire/stages.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const transitionModelVersionStage = operation({
  methods: ['POST'],
  path: '/mlflow/model-versions/transition-stage',
  permission: 'registry:write',
  request: z.object({
    name: nonEmpty,
    version: nonEmpty,
    stage: nonEmpty,
    archive_existing_versions: absentWhenNull(bool),
  }),
  async handle({ ports, principal, workspace }, request) {
    const { archive_existing_versions: archiveOthers = false, name } = request;
    const ask = { workspace, name, version: { number: versionNumber(request.version) } };
    const { model, version } = await findVersion(ports, principal, ask);
    const stage = stageOf(request.stage, model);
    if (archiveOthers) assertArchiving(stage);
    await promoteAtOnce(ports, principal, {
      workspace,
      model: name,
      version: String(version.number),
      target: { kind: 'stage', name: stage },
      archiveOthers,
    });
    const now = await findVersion(ports, principal, ask);
    return { model_version: presentVersionWithAliases(now.model, now.version) };
  },
});
