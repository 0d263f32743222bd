import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import {
  datasetRow,
  datasetVersion,
  lineage,
  person,
  productionRow,
  runChip,
  versionRow,
} from './registry-schemas.ts';
import { objective, projectKey } from './schemas.ts';
import { inWorkspace } from './workspace-endpoints.ts';

// The questions that anyone asks, and the data behind the answers. `home` (training now, best per project) is with the runs.

const none = z.object({});
const inProject = z.object({ project: projectKey });

export const answerEndpoints = {
  listProduction: endpoint({
    method: 'GET',
    path: '/api/production',
    permission: 'registry:read',
    summary:
      'Which version of each model is in production, how it does in development and there, what it optimised, what trained it.',
    params: none,
    /** Beyond the limit those of the models that changed last. */
    query: inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
    body: 'none',
    reply: z.object({ production: z.array(productionRow), total: z.int() }),
  }),
  getPerformance: endpoint({
    method: 'GET',
    path: '/api/registry/{model}/performance',
    permission: 'registry:read',
    summary: 'How the versions of a model do in development and in production, newest first.',
    params: z.object({ model: z.string().min(1) }),
    query: inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
    body: 'none',
    reply: z.object({ objective: objective.optional(), versions: z.array(versionRow) }),
  }),
  getObjective: endpoint({
    method: 'GET',
    path: '/api/projects/{project}/objective',
    permission: 'run:read',
    summary: 'Which metric a project optimises, since when, and what it was before.',
    params: inProject,
    query: none,
    body: 'none',
    reply: z.object({
      objective: objective.optional(),
      history: z.array(z.object({ objective: objective.nullable(), at: z.int(), by: person })),
    }),
  }),
  getBest: endpoint({
    method: 'GET',
    path: '/api/projects/{project}/best',
    permission: 'run:read',
    summary: 'The best runs of a project by its objective, and which params made the difference.',
    params: inProject,
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(10) }),
    body: 'none',
    reply: z.object({
      objective: objective.optional(),
      /** Runs that have the objective’s metric. */
      runs: z.int(),
      best: z.array(
        z.object({
          run: runChip,
          value: z.number(),
          params: z.array(z.object({ key: z.string(), text: z.string() })),
        }),
      ),
      /** By how much of the variance of the objective each param explains alone, 0…1, most first; only params that differ between runs. */
      importance: z.array(
        z.object({
          key: z.string(),
          importance: z.number(),
          best: z.string(),
          /** The value of the median run, by rank of the objective. */
          typical: z.string().optional(),
        }),
      ),
    }),
  }),
  getLineage: endpoint({
    method: 'GET',
    path: '/api/lineage',
    permission: 'registry:read',
    summary:
      'What a thing came from and what came of it. `root` is `version NAME@3`, `version NAME@alias`, `run ID`, `dataset NAME@2`, or a node’s key.',
    params: none,
    query: inWorkspace.extend({
      root: z.string().max(2000),
      up: z.coerce.number().int().min(0).max(10).default(3),
      down: z.coerce.number().int().min(0).max(10).default(2),
      /** Edges per node and way. */
      limit: z.coerce.number().int().min(1).max(200).default(20),
    }),
    body: 'none',
    reply: lineage,
  }),
  listDatasets: endpoint({
    method: 'GET',
    path: '/api/datasets',
    permission: 'run:read',
    summary: 'Datasets that runs one may read have used or made, last seen first.',
    params: none,
    query: inWorkspace,
    body: 'none',
    reply: z.object({ datasets: z.array(datasetRow) }),
  }),
  getDataset: endpoint({
    method: 'GET',
    path: '/api/datasets/{dataset}',
    permission: 'run:read',
    summary: 'The versions of a dataset, newest first.',
    params: z.object({ dataset: z.string().min(1) }),
    query: inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
    body: 'none',
    reply: z.object({ versions: z.array(datasetVersion), total: z.int() }),
  }),
  getDatasetUse: endpoint({
    method: 'GET',
    path: '/api/datasets/{dataset}/versions/{number}/use',
    permission: 'run:read',
    summary: 'Which runs and model versions used a dataset version.',
    params: z.object({ dataset: z.string().min(1), number: z.coerce.number().int().positive() }),
    query: inWorkspace,
    body: 'none',
    reply: z.object({
      runs: z.array(runChip.extend({ role: z.string() })),
      versions: z.array(z.object({ modelName: z.string(), version: versionRow })),
      isMore: z.boolean(),
    }),
  }),
};
