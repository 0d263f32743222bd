import { deploymentId, workspaceId } from '#core/domain/ids.ts';
import { modelNamed } from '#core/tracking/answers/shown-promotion.ts';
import { namesOf } from '#core/tracking/answers/names-of.ts';
import { endDeployment, startDeployment } from '#core/tracking/evaluations/deployments.ts';
import type { Operations } from '../operation.ts';
import { presentDeployment } from '../present-registry.ts';

export const deploymentOperations: Pick<Operations, 'startDeployment' | 'endDeployment'> = {
  startDeployment: async ({ ports, principal, params, query, body }) => {
    const { startedAt, url, ...wanted } = body;
    const started = await startDeployment(ports, principal, {
      ...params,
      ...wanted,
      workspace: workspaceId(query.workspace),
      ...(startedAt !== undefined && { startedAt }),
      ...(url !== undefined && { url }),
    });
    return presentDeployment(await namesOf(ports), await modelNamed(ports, started), started);
  },

  endDeployment: async ({ ports, principal, params, body }) => {
    const { endedAt, reason } = body;
    const ended = await endDeployment(ports, principal, {
      deployment: deploymentId(params.deployment),
      reason,
      ...(endedAt !== undefined && { endedAt }),
    });
    return presentDeployment(await namesOf(ports), await modelNamed(ports, ended), ended);
  },
};
