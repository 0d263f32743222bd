import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { objective, project, projectKey, projectSummary, run, tag } from './schemas.ts';
import { inWorkspace } from './workspace-endpoints.ts';

const none = z.object({});
const inProject = z.object({ project: projectKey });
const view = z.enum(['active', 'deleted', 'all']).default('active');

export const projectEndpoints = {
  listProjects: endpoint({
    method: 'GET',
    path: '/api/projects',
    permission: 'project:read',
    summary: 'Projects of a workspace with their numbers of runs, last active first.',
    params: none,
    query: inWorkspace.extend({ view }),
    body: 'none',
    reply: z.object({ projects: z.array(projectSummary) }),
  }),
  createProject: endpoint({
    method: 'POST',
    path: '/api/projects',
    permission: 'project:write',
    summary: 'Creates a project, or answers the one of that name when `existing` is `use`.',
    params: none,
    query: inWorkspace,
    body: z.object({
      name: z.string(),
      tags: z.array(tag).max(10_000).default([]),
      existing: z.enum(['refuse', 'use']).default('refuse'),
    }),
    reply: project,
  }),
  getProject: endpoint({
    method: 'GET',
    path: '/api/projects/{project}',
    permission: 'project:read',
    summary: 'One project.',
    params: inProject,
    query: none,
    body: 'none',
    reply: projectSummary,
  }),
  updateProject: endpoint({
    method: 'PATCH',
    path: '/api/projects/{project}',
    permission: 'project:write',
    summary: 'Renames a project or declares its objective; null withdraws it.',
    params: inProject,
    query: none,
    body: z.object({
      name: z.string().optional(),
      objective: objective.omit({ origin: true }).nullable().optional(),
    }),
    reply: project,
  }),
  deleteProject: endpoint({
    method: 'DELETE',
    path: '/api/projects/{project}',
    permission: 'project:write',
    summary: 'Deletes a project and its runs; restorable.',
    params: inProject,
    query: none,
    body: 'none',
    reply: project,
  }),
  restoreProject: endpoint({
    method: 'POST',
    path: '/api/projects/{project}/restore',
    permission: 'project:write',
    summary: 'Restores a deleted project and its runs.',
    params: inProject,
    query: none,
    body: 'none',
    reply: project,
  }),
  purgeProject: endpoint({
    method: 'POST',
    path: '/api/projects/{project}/purge',
    permission: 'project:purge',
    summary:
      'Removes a deleted project for good, with its runs and models. Interrupted, it goes on when asked again.',
    params: inProject,
    query: none,
    body: 'none',
    reply: none,
  }),
  listFields: endpoint({
    method: 'GET',
    path: '/api/projects/{project}/fields',
    permission: 'run:read',
    summary:
      'Names of metrics, params and tags that the project’s runs have, each with its number of runs, most first.',
    params: inProject,
    query: none,
    body: 'none',
    reply: z.object({
      metrics: z.array(z.object({ name: z.string(), runs: z.int() })),
      params: z.array(z.object({ name: z.string(), runs: z.int() })),
      tags: z.array(z.object({ name: z.string(), runs: z.int() })),
    }),
  }),
  getRunByNumber: endpoint({
    method: 'GET',
    path: '/api/projects/{project}/runs/{number}',
    permission: 'run:read',
    summary: 'One run by its number in the project.',
    params: inProject.extend({ number: z.coerce.number().int().positive() }),
    query: none,
    body: 'none',
    reply: run,
  }),
};
