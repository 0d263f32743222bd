import { workspaceId } from '#core/domain/ids.ts';
import { listModels, modelOf } from '#core/tracking/answers/model-list.ts';
import { modelPage } from '#core/tracking/answers/model-page.ts';
import { namesOf } from '#core/tracking/answers/names-of.ts';
import { listRegistryLog, verifyRegistryLog } from '#core/tracking/answers/registry-log.ts';
import { createRegisteredModel } from '#core/tracking/registry/create-registered-model.ts';
import { declareGates } from '#core/tracking/promotions/declare-gates.ts';
import { deleteRegisteredModel } from '#core/tracking/registry/delete-registered-model.ts';
import { updateRegisteredModel } from '#core/tracking/registry/update-registered-model.ts';
import { removeAlias } from '#core/tracking/promotions/remove-alias.ts';
import type { Operations } from '../operation.ts';
import {
  presentDeployment,
  presentEntry,
  presentLane,
  presentModelRow,
  presentPromotion,
  presentRegistered,
  presentVersionRow,
} from '../present-registry.ts';
import { gatesOf } from '../wire/registry.ts';

type Name =
  | 'listRegisteredModels'
  | 'createRegisteredModel'
  | 'getRegisteredModel'
  | 'updateRegisteredModel'
  | 'deleteRegisteredModel'
  | 'declareGates'
  | 'removeAlias'
  | 'listRegistryLog'
  | 'verifyRegistryLog';

export const registryOperations: Pick<Operations, Name> = {
  listRegisteredModels: async ({ ports, principal, query }) => {
    const { cursor: from, limit, q } = query;
    const page = await listModels(ports, principal, {
      workspace: workspaceId(query.workspace),
      q,
      limit,
      ...(from !== undefined && { cursor: from }),
    });
    const nameOf = await namesOf(ports);
    return {
      models: page.models.map((row) => presentModelRow(nameOf, row)),
      total: page.total,
      ...(page.cursor !== undefined && { cursor: page.cursor }),
    };
  },

  createRegisteredModel: async ({ ports, principal, query, body }) => {
    const workspace = workspaceId(query.workspace);
    const { owner, ...wanted } = body;
    const made = await createRegisteredModel(ports, principal, { workspace, ...wanted });
    const { id } = made;
    if (owner !== '') await updateRegisteredModel(ports, principal, { workspace, id, owner });
    return presentRegistered(await namesOf(ports), await modelOf(ports, principal, { workspace, model: id }));
  },

  getRegisteredModel: async ({ ports, principal, params, query }) => {
    const page = await modelPage(ports, principal, {
      workspace: workspaceId(query.workspace),
      model: params.model,
      limit: query.limit,
      ...(query.before !== undefined && { before: query.before }),
    });
    const nameOf = await namesOf(ports);
    return {
      model: presentModelRow(nameOf, page),
      versions: page.versions.map((row) => presentVersionRow(nameOf, row)),
      ...(page.next !== undefined && { next: page.next }),
      aliases: page.aliases.map(({ by, ...alias }) => ({ ...alias, by: by ? nameOf(by) : '' })),
      lanes: page.lanes.map((lane) => presentLane(nameOf, lane)),
      waysBack: page.waysBack.map((way) => ({ ...way })),
      deployments: page.deployments.map((one) => presentDeployment(nameOf, page.model, one)),
      promotions: page.promotions.map((one) => presentPromotion(nameOf, one)),
    };
  },

  updateRegisteredModel: async ({ ports, principal, params, query, body }) => {
    const workspace = workspaceId(query.workspace);
    const { description, name, owner, removeTags, setTags } = body;
    const { id } = await updateRegisteredModel(ports, principal, {
      workspace,
      model: params.model,
      ...(name !== undefined && { newName: name }),
      ...(description !== undefined && { description }),
      ...(owner !== undefined && { owner }),
      setTags,
      removeTags,
    });
    return presentRegistered(await namesOf(ports), await modelOf(ports, principal, { workspace, model: id }));
  },

  deleteRegisteredModel: async ({ ports, principal, params, query }) => {
    const { reason, workspace } = query;
    await deleteRegisteredModel(ports, principal, {
      workspace: workspaceId(workspace),
      model: params.model,
      reason,
    });
    return {};
  },

  declareGates: async ({ ports, principal, params, query, body }) => {
    const workspace = workspaceId(query.workspace);
    const { id } = await declareGates(ports, principal, {
      workspace,
      model: params.model,
      gates: gatesOf(body.gates),
      reason: body.reason,
    });
    return presentRegistered(await namesOf(ports), await modelOf(ports, principal, { workspace, model: id }));
  },

  removeAlias: async ({ ports, principal, params, query }) => {
    await removeAlias(ports, principal, {
      ...params,
      workspace: workspaceId(query.workspace),
      reason: query.reason,
    });
    return {};
  },

  listRegistryLog: async ({ ports, principal, params, query }) => {
    const { before, limit, version, workspace } = query;
    const { entries, next } = await listRegistryLog(ports, principal, {
      workspace: workspaceId(workspace),
      model: params.model,
      limit,
      ...(version !== undefined && { version }),
      ...(before !== undefined && { before }),
    });
    const nameOf = await namesOf(ports);
    return {
      entries: entries.map((entry) => presentEntry(nameOf, entry)),
      ...(next !== undefined && { next }),
    };
  },

  verifyRegistryLog: async ({ ports, principal, params, query }) => {
    const workspace = workspaceId(query.workspace);
    return { ...(await verifyRegistryLog(ports, principal, { workspace, model: params.model })) };
  },
};
