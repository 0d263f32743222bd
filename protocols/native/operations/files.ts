import { modelId, runId } from '#core/domain/ids.ts';
import { deleteFiles } from '#core/tracking/files/delete-files.ts';
import { listFiles } from '#core/tracking/files/list-files.ts';
import { openFile } from '#core/tracking/files/open-file.ts';
import { putFile } from '#core/tracking/files/put-file.ts';
import { findModel } from '#core/tracking/models/find-model.ts';
import { sendFile } from '#protocols/edge/download.ts';
import type { Operations } from '../operation.ts';
import { presentEntry, presentModel } from '../present.ts';

type Name =
  | 'listRunFiles'
  | 'getRunFile'
  | 'putRunFile'
  | 'deleteRunFiles'
  | 'getModel'
  | 'listModelFiles'
  | 'getModelFile';

const ofRun = (run: string) => ({ kind: 'run', run: runId(run) }) as const;
const ofModel = (model: string) => ({ kind: 'model', model: modelId(model) }) as const;

export const fileOperations: Pick<Operations, Name> = {
  listRunFiles: async ({ ports, principal, params, query }) => ({
    entries: (await listFiles(ports, principal, { owner: ofRun(params.run), folder: query.folder })).map(
      presentEntry,
    ),
  }),

  getRunFile: async ({ ports, principal, params, query, reply }) =>
    sendFile(reply, await openFile(ports, principal, { owner: ofRun(params.run), path: query.path })),

  putRunFile: async ({ ports, edge, principal, params, query, body }) => {
    const ask = { owner: ofRun(params.run), path: query.path, bytes: body, limitBytes: edge.fileLimitBytes };
    return { path: query.path, ...(await putFile(ports, principal, ask)) };
  },

  deleteRunFiles: async ({ ports, principal, params, query }) => {
    await deleteFiles(ports, principal, { owner: ofRun(params.run), path: query.path });
    return {};
  },

  getModel: async ({ ports, principal, params }) =>
    presentModel(await findModel(ports, principal, { model: modelId(params.model) })),

  listModelFiles: async ({ ports, principal, params, query }) => ({
    entries: (await listFiles(ports, principal, { owner: ofModel(params.model), folder: query.folder })).map(
      presentEntry,
    ),
  }),

  getModelFile: async ({ ports, principal, params, query, reply }) =>
    sendFile(reply, await openFile(ports, principal, { owner: ofModel(params.model), path: query.path })),
};
