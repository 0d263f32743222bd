import { z } from 'zod';
import { answerEndpoints } from './answer-endpoints.ts';
import { artifactEndpoints } from './artifact-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { fileEndpoints } from './file-endpoints.ts';
import { identityEndpoints } from './identity-endpoints.ts';
import { projectEndpoints } from './project-endpoints.ts';
import { registryEndpoints } from './registry-endpoints.ts';
import { runEndpoints } from './run-endpoints.ts';
import { serverEndpoints } from './server-endpoints.ts';
import { sessionEndpoints } from './session-endpoints.ts';
import { workspaceEndpoints } from './workspace-endpoints.ts';

/** The whole native API. The keys are the operation ids of OpenAPI and the methods of the client. */
export const api = {
  ...serverEndpoints,
  ...workspaceEndpoints,
  ...projectEndpoints,
  ...runEndpoints,
  ...fileEndpoints,
  ...sessionEndpoints,
  ...identityEndpoints,
  ...registryEndpoints,
  ...answerEndpoints,
  ...artifactEndpoints,
};

export type Api = typeof api;
export type Operation = keyof Api;

/** The operations that speak of names in one workspace: their query says which, and means `default` without it. */
export const OF_WORKSPACE: readonly string[] = Object.entries<Endpoint>(api)
  .filter(([, { query }]) => query instanceof z.ZodObject && query.shape['workspace'] instanceof z.ZodDefault)
  .map(([name]) => name);
