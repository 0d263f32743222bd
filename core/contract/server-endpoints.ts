import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { runKey } from './schemas.ts';

const none = z.object({});

/** The most (run, metric) items of one chart request. */
export const SERIES_BATCH_LIMIT = 2000;

export const serverEndpoints = {
  getServer: endpoint({
    method: 'GET',
    path: '/api/server',
    permission: 'server:read',
    summary: 'What this server is and which wires it speaks.',
    params: none,
    query: none,
    body: 'none',
    reply: z.object({
      version: z.string(),
      mode: z.enum(['local', 'team']),
      origin: z.string(),
      mlflowVersion: z.string(),
      wires: z.array(z.string()),
      principal: z.object({ kind: z.string(), id: z.string() }),
    }),
  }),
  getHealth: endpoint({
    method: 'GET',
    path: '/api/health',
    permission: 'server:admin',
    summary: 'How the server and its store are: for the admin’s page.',
    params: none,
    query: none,
    body: 'none',
    reply: z.object({
      version: z.string(),
      startedAt: z.int().nonnegative(),
      database: z.enum(['memory', 'sqlite', 'postgres']),
      memoryBytes: z.int(),
      checks: z.array(
        z.object({ name: z.string(), status: z.enum(['ok', 'warning', 'failing']), detail: z.string() }),
      ),
      storage: z.object({
        databaseBytes: z.int(),
        blobBytes: z.int(),
        blobs: z.int(),
        freeBytes: z.int().optional(),
      }),
    }),
  }),
  readSeries: endpoint({
    method: 'POST',
    path: '/api/series/batch',
    permission: 'run:read',
    summary: 'Chart buckets (M4) of many series as one binary frame; see series-frame.ts for the layout.',
    params: none,
    query: none,
    body: z.object({
      items: z.array(z.object({ run: runKey, metric: z.string() })).max(SERIES_BATCH_LIMIT),
      x: z.enum(['step', 'relative', 'time']).default('step'),
      range: z.tuple([z.number(), z.number()]).optional(),
      pixels: z.int().min(1).max(8192),
      /** Debiased EMA weight over all points, before downsampling; absent means none. */
      smoothing: z.number().min(0).lt(1).optional(),
    }),
    reply: 'bytes',
  }),
};
