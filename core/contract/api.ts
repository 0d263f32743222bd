import { fileEndpoints } from './file-endpoints.ts';
import { identityEndpoints } from './identity-endpoints.ts';
import { projectEndpoints } from './project-endpoints.ts';
import { runEndpoints } from './run-endpoints.ts';
import { serverEndpoints } from './server-endpoints.ts';

/** The whole native API. The keys are the operation ids of OpenAPI and the methods of the client. */
export const api = {
  ...serverEndpoints,
  ...projectEndpoints,
  ...runEndpoints,
  ...fileEndpoints,
  ...identityEndpoints,
};

export type Api = typeof api;
export type Operation = keyof Api;
