import { z } from 'zod';
import type { MetricValue } from './numbers.ts';

// The nouns of the native API. Times are milliseconds UTC unless the name says otherwise.

const time = z.int().nonnegative();
export const projectKey = z.string().regex(/^[A-Za-z0-9][\w-]{0,63}$/);
export const runKey = z.string().regex(/^[0-9a-f]{32}$/);
export const modelKey = z.string().regex(/^m-[0-9a-f]{32}$/);

export const metricValue = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])]).meta({
  id: 'MetricValue',
  description: 'A double; NaN, ±Infinity and −0 as words.',
}) satisfies z.ZodType<MetricValue>;

export const faultReply = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      field: z.string().optional(),
      position: z.int().optional(),
      retryAfterSeconds: z.number().optional(),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Fault' });

export const actor = z
  .object({ kind: z.enum(['local', 'user', 'service', 'system']), id: z.string() })
  .meta({ id: 'Actor' });

export const objective = z
  .object({
    metric: z.string(),
    direction: z.enum(['min', 'max']),
    aggregate: z.enum(['last', 'min', 'max']),
    origin: z.enum(['declared', 'inferred']),
  })
  .meta({ id: 'Objective' });

export const tag = z.object({ key: z.string(), value: z.string() }).meta({ id: 'Tag' });

export const param = z
  .object({ key: z.string(), text: z.string(), type: z.enum(['string', 'number', 'boolean', 'null']) })
  .meta({ id: 'Param' });

export const point = z
  .object({ step: z.number(), timeMicros: z.number(), value: metricValue })
  .meta({ id: 'Point', description: 'step: double; timeMicros: integer microseconds UTC.' });

export const metric = z
  .object({ key: z.string(), last: point, min: point.optional(), max: point.optional() })
  .meta({ id: 'Metric', description: 'min and max ignore NaN and are absent when every value is NaN.' });

export const dataset = z
  .object({
    name: z.string(),
    digest: z.string(),
    sourceType: z.string(),
    source: z.string(),
    schema: z.string().optional(),
    profile: z.string().optional(),
    context: z.string().optional(),
  })
  .meta({ id: 'Dataset' });

export const artifactVersion = z
  .object({
    type: z.string(),
    name: z.string(),
    number: z.int().positive(),
    digest: z.string(),
    /** Absent when the bytes are elsewhere, or were purged with all runs that made or used them. */
    manifest: z.string().optional(),
    createdAt: time,
    createdBy: actor,
  })
  .meta({ id: 'ArtifactVersion' });

export const source = z
  .object({
    name: z.string().optional(),
    type: z.string().optional(),
    gitCommit: z.string().optional(),
    gitRepository: z.string().optional(),
    gitBranch: z.string().optional(),
    entryPoint: z.string().optional(),
    command: z.string().optional(),
  })
  .meta({ id: 'Source' });

export const project = z
  .object({
    id: projectKey,
    workspace: z.string(),
    name: z.string(),
    slug: z.string(),
    createdAt: time,
    updatedAt: time,
    deletedAt: time.optional(),
    tags: z.array(tag),
    objective: objective.optional(),
  })
  .meta({ id: 'Project' });

export const projectSummary = project
  .extend({ runs: z.int(), activeRuns: z.int(), lastActivityAt: time.optional() })
  .meta({ id: 'ProjectSummary' });

export const runStatus = z.enum(['scheduled', 'running', 'finished', 'failed', 'killed']);

export const modelEdge = z.object({ model: modelKey, step: z.number() });

export const run = z
  .object({
    id: runKey,
    project: projectKey,
    number: z.int().positive(),
    name: z.string(),
    status: runStatus,
    userId: z.string(),
    startedAt: time,
    endedAt: time.optional(),
    deletedAt: time.optional(),
    changedAt: time,
    createdBy: actor,
    wire: z.string(),
    artifactUri: z.string(),
    parent: runKey.optional(),
    source,
    params: z.array(param),
    tags: z.array(tag),
    metrics: z.array(metric),
    datasets: z.array(dataset),
    modelInputs: z.array(modelEdge),
    modelOutputs: z.array(modelEdge),
    objective: objective.optional(),
    sequence: z.int(),
  })
  .meta({ id: 'Run' });

export const loggedModel = z
  .object({
    id: modelKey,
    project: projectKey,
    name: z.string(),
    modelType: z.string(),
    sourceRun: runKey.optional(),
    status: z.enum(['pending', 'ready', 'upload_failed']),
    statusMessage: z.string().optional(),
    createdAt: time,
    updatedAt: time,
    params: z.array(tag),
    tags: z.array(tag),
    metrics: z.array(
      z.object({
        key: z.string(),
        run: runKey,
        dataset: z.object({ name: z.string(), digest: z.string() }).optional(),
        last: point,
      }),
    ),
    manifest: z.string().optional(),
  })
  .meta({ id: 'LoggedModel' });

export const fileEntry = z
  .object({
    kind: z.enum(['file', 'directory']),
    path: z.string(),
    sizeBytes: z.int().optional(),
    modifiedAt: time.optional(),
  })
  .meta({ id: 'FileEntry' });

/** Points as they are logged natively: columns of equal length for one metric. */
export const pointColumns = z
  .object({
    metric: z.string(),
    steps: z.array(z.number()),
    /** Integer microseconds UTC; absent means now for all. */
    timesMicros: z.array(z.number()).optional(),
    values: z.array(metricValue),
  })
  .meta({ id: 'PointColumns' });

export type ProjectJson = z.infer<typeof project>;
export type ProjectSummaryJson = z.infer<typeof projectSummary>;
export type ObjectiveJson = z.infer<typeof objective>;
export type ArtifactVersionJson = z.infer<typeof artifactVersion>;
export type RunJson = z.infer<typeof run>;
export type MetricJson = z.infer<typeof metric>;
export type LoggedModelJson = z.infer<typeof loggedModel>;
export type FileEntryJson = z.infer<typeof fileEntry>;
export type FaultJson = z.infer<typeof faultReply>;
