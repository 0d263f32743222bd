import { workspaceId } from '#core/domain/ids.ts';
import { datasetUse } from '#core/tracking/answers/dataset-use.ts';
import { datasetVersions, listDatasetRows } from '#core/tracking/answers/datasets.ts';
import { namesOf } from '#core/tracking/answers/names-of.ts';
import type { Operations } from '../operation.ts';
import { presentDatasetRow, presentDatasetVersion } from '../present-registry-answers.ts';
import { presentVersionRow } from '../present-registry.ts';

export const datasetOperations: Pick<Operations, 'listDatasets' | 'getDataset' | 'getDatasetUse'> = {
  listDatasets: async ({ ports, principal, query }) => {
    const rows = await listDatasetRows(ports, principal, { workspace: workspaceId(query.workspace) });
    return { datasets: rows.map(presentDatasetRow) };
  },

  getDataset: async ({ ports, principal, params, query }) => {
    const { limit, workspace } = query;
    const ask = { ...params, workspace: workspaceId(workspace), limit };
    const { total, versions } = await datasetVersions(ports, principal, ask);
    const nameOf = await namesOf(ports);
    return { versions: versions.map((version) => presentDatasetVersion(nameOf, version)), total };
  },

  getDatasetUse: async ({ ports, principal, params, query }) => {
    const use = await datasetUse(ports, principal, { ...params, workspace: workspaceId(query.workspace) });
    const nameOf = await namesOf(ports);
    return {
      runs: use.runs.map(({ chip, role }) => ({ ...chip, role })),
      versions: use.versions.map((row) => ({
        modelName: row.model.name,
        version: presentVersionRow(nameOf, row),
      })),
      isMore: use.isMore,
    };
  },
};
