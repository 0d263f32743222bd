import { workspaceId } from '#core/domain/ids.ts';
import { findLineage } from '#core/tracking/answers/lineage.ts';
import type { Operations } from '../operation.ts';
import { presentLineage } from '../present-registry-answers.ts';

export const lineageOperations: Pick<Operations, 'getLineage'> = {
  getLineage: async ({ ports, principal, query }) => {
    const { workspace, ...ask } = query;
    return presentLineage(await findLineage(ports, principal, { ...ask, workspace: workspaceId(workspace) }));
  },
};
