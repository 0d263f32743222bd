import { projectId, workspaceId } from '#core/domain/ids.ts';
import {
  declareObjective,
  deleteProject,
  renameProject,
  restoreProject,
} from '#core/tracking/projects/change-project.ts';
import { createProject } from '#core/tracking/projects/create-project.ts';
import { ensureProject } from '#core/tracking/projects/ensure-project.ts';
import { findProject } from '#core/tracking/projects/find-project.ts';
import { purgeProject } from '#core/tracking/projects/purge-project.ts';
import { overviewOf, surveyProjects } from '#core/tracking/projects/survey-projects.ts';
import { findRunByNumber } from '#core/tracking/runs/find-run.ts';
import { listFields } from '#core/tracking/runs/list-fields.ts';
import type { Operations } from '../operation.ts';
import { presentOverview, presentProject, presentRun } from '../present.ts';

type Name =
  | 'listProjects'
  | 'createProject'
  | 'getProject'
  | 'updateProject'
  | 'deleteProject'
  | 'restoreProject'
  | 'purgeProject'
  | 'listFields'
  | 'getRunByNumber';

export const projectOperations: Pick<Operations, Name> = {
  listProjects: async ({ ports, principal, query }) => ({
    projects: (
      await surveyProjects(ports, principal, { ...query, workspace: workspaceId(query.workspace) })
    ).map(presentOverview),
  }),

  createProject: async ({ ports, principal, query, body }) => {
    const { existing, ...wanted } = body;
    const make = existing === 'use' ? ensureProject : createProject;
    const workspace = workspaceId(query.workspace);
    return presentProject(await make(ports, principal, { workspace, ...wanted }));
  },

  getProject: async ({ ports, principal, params }) => {
    const project = await findProject(ports, principal, { project: projectId(params.project) });
    return presentOverview(await overviewOf(ports, project));
  },

  updateProject: async ({ ports, principal, params, body }) => {
    const ask = { project: projectId(params.project) };
    if (body.name !== undefined) await renameProject(ports, principal, { ...ask, name: body.name });
    if (body.objective !== undefined)
      await declareObjective(ports, principal, { ...ask, objective: body.objective });
    return presentProject(await findProject(ports, principal, ask));
  },

  deleteProject: async ({ ports, principal, params }) =>
    presentProject(await deleteProject(ports, principal, { project: projectId(params.project) })),

  restoreProject: async ({ ports, principal, params }) =>
    presentProject(await restoreProject(ports, principal, { project: projectId(params.project) })),

  purgeProject: async ({ ports, principal, params }) => {
    await purgeProject(ports, principal, { project: projectId(params.project) });
    return {};
  },

  listFields: async ({ ports, principal, params }) => {
    const fields = await listFields(ports, principal, { project: projectId(params.project) });
    return { metrics: [...fields.metrics], params: [...fields.params], tags: [...fields.tags] };
  },

  getRunByNumber: async ({ ports, principal, params }) =>
    presentRun(
      await findRunByNumber(ports, principal, { project: projectId(params.project), number: params.number }),
    ),
};
