import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { runChip, versionFile } from './registry-schemas.ts';
import { artifactVersion } from './schemas.ts';
import { inWorkspace } from './workspace-endpoints.ts';

// Versions of tables, checkpoints and datasets by their type and name. What runs make and use is said at the run.

const type = z
  .string()
  .min(1)
  .refine((text) => text !== 'model', 'Models have the registry: /api/registry.');
const inArtifact = z.object({ type, name: z.string().min(1) });
const inArtifactVersion = inArtifact.extend({ number: z.coerce.number().int().positive() });
const runInRole = runChip.extend({ role: z.string() });

export const artifactEndpoints = {
  listArtifacts: endpoint({
    method: 'GET',
    path: '/api/artifacts/{type}',
    permission: 'run:read',
    summary: 'The artifacts of a type that runs one may read made or used, last made first.',
    params: inArtifact.pick({ type: true }),
    query: inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(10_000).default(1000) }),
    body: 'none',
    reply: z.object({
      artifacts: z.array(z.object({ latest: artifactVersion, versions: z.int() })),
      /** There are others beyond the limit. */
      isMore: z.boolean(),
    }),
  }),
  listArtifactVersions: endpoint({
    method: 'GET',
    path: '/api/artifacts/{type}/{name}',
    permission: 'run:read',
    summary: 'The versions of an artifact, newest first.',
    params: inArtifact,
    query: inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
    body: 'none',
    reply: z.object({ versions: z.array(artifactVersion), total: z.int() }),
  }),
  getArtifactVersion: endpoint({
    method: 'GET',
    path: '/api/artifacts/{type}/{name}/versions/{number}',
    permission: 'run:read',
    summary: 'What a version of an artifact holds, which runs made it and which used it.',
    params: inArtifactVersion,
    /** `after`: files whose paths come after it; a thousand are listed at a time. */
    query: inWorkspace.extend({ after: z.string().optional() }),
    body: 'none',
    reply: z
      .object({
        version: artifactVersion,
        /** Absent when the bytes are elsewhere, gone, or not to be read by whoever asks. */
        content: z
          .object({ fileList: z.array(versionFile).max(1000), files: z.int(), sizeBytes: z.int() })
          .optional(),
        /** Oldest first. */
        madeBy: z.array(runInRole),
        usedBy: z.array(runInRole),
        /** More runs made or used it than are looked at. */
        isMore: z.boolean(),
      })
      .meta({ id: 'ArtifactDetail' }),
  }),
  getArtifactFile: endpoint({
    method: 'GET',
    path: '/api/artifacts/{type}/{name}/versions/{number}/file',
    permission: 'file:read',
    summary: 'The bytes of a file of a sealed artifact version.',
    params: inArtifactVersion,
    query: inWorkspace.extend({ path: z.string() }),
    body: 'none',
    reply: 'bytes',
  }),
};
