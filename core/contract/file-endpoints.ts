import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { fileEntry, loggedModel, modelKey, runKey } from './schemas.ts';

const none = z.object({});
const inRun = z.object({ run: runKey });
const inModel = z.object({ model: modelKey });
const atPath = z.object({ path: z.string().max(4096) });
const inFolder = z.object({ folder: z.string().max(4096).default('') });

export const fileEndpoints = {
  listRunFiles: endpoint({
    method: 'GET',
    path: '/api/runs/{run}/files',
    permission: 'file:read',
    summary: 'One level of a run’s files, directories first.',
    params: inRun,
    query: inFolder,
    body: 'none',
    reply: z.object({ entries: z.array(fileEntry) }),
  }),
  getRunFile: endpoint({
    method: 'GET',
    path: '/api/runs/{run}/file',
    permission: 'file:read',
    summary: 'The bytes of a file.',
    params: inRun,
    query: atPath,
    body: 'none',
    reply: 'bytes',
  }),
  putRunFile: endpoint({
    method: 'PUT',
    path: '/api/runs/{run}/file',
    permission: 'file:write',
    summary: 'Stores the bytes under a path, replacing what was there.',
    params: inRun,
    query: atPath,
    body: 'bytes',
    reply: z.object({ path: z.string(), digest: z.string(), sizeBytes: z.int() }),
  }),
  deleteRunFiles: endpoint({
    method: 'DELETE',
    path: '/api/runs/{run}/file',
    permission: 'file:write',
    summary: 'Removes a file or everything below a folder.',
    params: inRun,
    query: atPath,
    body: 'none',
    reply: z.object({}),
  }),
  getModel: endpoint({
    method: 'GET',
    path: '/api/models/{model}',
    permission: 'model:read',
    summary: 'One logged model.',
    params: inModel,
    query: none,
    body: 'none',
    reply: loggedModel,
  }),
  listModelFiles: endpoint({
    method: 'GET',
    path: '/api/models/{model}/files',
    permission: 'file:read',
    summary: 'One level of a logged model’s files, directories first.',
    params: inModel,
    query: inFolder,
    body: 'none',
    reply: z.object({ entries: z.array(fileEntry) }),
  }),
  getModelFile: endpoint({
    method: 'GET',
    path: '/api/models/{model}/file',
    permission: 'file:read',
    summary: 'The bytes of a logged model’s file.',
    params: inModel,
    query: atPath,
    body: 'none',
    reply: 'bytes',
  }),
};
