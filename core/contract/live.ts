import { z } from 'zod';
import { projectKey, runKey } from './schemas.ts';

// The WebSocket at /api/live. A client says what it can see; the server says what changed, coalesced to 4 Hz.
// The cursor is opaque: after a reconnect the client sends the last one and receives what it missed, or `reset`.

/** Client → server; replaces the previous subscription. `home` sees every run's document changes. */
export const liveRequest = z.object({
  kind: z.literal('watch'),
  home: z.boolean().default(false),
  projects: z.array(projectKey).max(100).default([]),
  runs: z.array(runKey).max(2000).default([]),
  /** Registered models, their versions and what was measured of them. */
  registry: z.boolean().default(false),
  cursor: z.string().optional(),
});

export const liveEvent = z.discriminatedUnion('kind', [
  /** The subscription holds from here on. */
  z.object({ kind: z.literal('watching'), cursor: z.string() }),
  /** Too much was missed: load everything again. */
  z.object({ kind: z.literal('reset'), cursor: z.string() }),
  z.object({
    kind: z.literal('changed'),
    cursor: z.string(),
    projects: z.array(projectKey),
    runs: z.array(
      z.object({
        run: runKey,
        project: projectKey,
        /** True when anything but points changed. */
        isDocument: z.boolean(),
        metrics: z.array(z.string()),
      }),
    ),
    /** Registered models of which anything changed. */
    registered: z.array(z.string()).optional(),
  }),
]);

export type LiveRequest = z.input<typeof liveRequest>;
export type LiveEvent = z.infer<typeof liveEvent>;
export const LIVE_PATH = '/api/live';
