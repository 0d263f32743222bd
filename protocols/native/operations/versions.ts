import { modelId, runId, workspaceId } from '#core/domain/ids.ts';
import { listEvaluations } from '#core/tracking/answers/list-evaluations.ts';
import { namesOf } from '#core/tracking/answers/names-of.ts';
import { versionPage } from '#core/tracking/answers/version-page.ts';
import { versionRowOf } from '#core/tracking/answers/version-rows.ts';
import { deleteVersion } from '#core/tracking/registry/delete-version.ts';
import { openVersionFile } from '#core/tracking/registry/open-version-file.ts';
import { recordEvaluations } from '#core/tracking/evaluations/record-evaluations.ts';
import { registerUnderName } from '#core/tracking/registry/register-under-name.ts';
import { updateVersion } from '#core/tracking/registry/update-version.ts';
import { sendFile } from '#protocols/edge/download.ts';
import type { Operations } from '../operation.ts';
import { presentVersionPage } from '../present-registry-version.ts';
import { presentFigure, presentVersionRow } from '../present-registry.ts';
import { evaluationOf } from '../wire/registry.ts';

type Name =
  | 'registerVersion'
  | 'getModelVersion'
  | 'updateModelVersion'
  | 'deleteModelVersion'
  | 'readVersionFile'
  | 'recordEvaluations'
  | 'listEvaluations';

export const versionOperations: Pick<Operations, Name> = {
  registerVersion: async ({ ports, principal, params, query, body }) => {
    const { description, loggedModel, path, run, tags } = body;
    const found = await registerUnderName(ports, principal, {
      workspace: workspaceId(query.workspace),
      model: params.model,
      path,
      description,
      tags,
      ...(run !== undefined && { run: runId(run) }),
      ...(loggedModel !== undefined && { loggedModel: modelId(loggedModel) }),
    });
    return presentVersionRow(await namesOf(ports), await versionRowOf(ports, principal, found));
  },

  getModelVersion: async ({ ports, principal, params, query }) => {
    const page = await versionPage(ports, principal, { ...params, workspace: workspaceId(query.workspace) });
    return presentVersionPage(await namesOf(ports), page);
  },

  updateModelVersion: async ({ ports, principal, params, query, body }) => {
    const { deprecated, description, removeTags, setTags } = body;
    const found = await updateVersion(ports, principal, {
      ...params,
      workspace: workspaceId(query.workspace),
      ...(description !== undefined && { description }),
      ...(deprecated !== undefined && { deprecated }),
      setTags,
      removeTags,
    });
    return presentVersionRow(await namesOf(ports), await versionRowOf(ports, principal, found));
  },

  deleteModelVersion: async ({ ports, principal, params, query }) => {
    const workspace = workspaceId(query.workspace);
    await deleteVersion(ports, principal, { ...params, workspace, reason: query.reason });
    return {};
  },

  readVersionFile: async ({ ports, principal, params, query, reply }) => {
    const workspace = workspaceId(query.workspace);
    return sendFile(
      reply,
      await openVersionFile(ports, principal, { ...params, workspace, path: query.path }),
    );
  },

  recordEvaluations: async ({ ports, principal, params, query, body }) => {
    await recordEvaluations(ports, principal, {
      ...params,
      workspace: workspaceId(query.workspace),
      evaluations: body.evaluations.map(evaluationOf),
      isRoutine: body.isRoutine,
    });
    return {};
  },

  listEvaluations: async ({ ports, principal, params, query }) => {
    const { environment, limit, metric, since, workspace } = query;
    const figures = await listEvaluations(ports, principal, {
      ...params,
      workspace: workspaceId(workspace),
      limit,
      ...(metric !== undefined && { metric }),
      ...(environment !== undefined && { environment }),
      ...(since !== undefined && { since }),
    });
    return { evaluations: figures.map(presentFigure) };
  },
};
