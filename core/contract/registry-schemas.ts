import { z } from 'zod';
import {
  actor,
  dataset,
  metric,
  modelKey,
  objective,
  param,
  projectKey,
  runKey,
  source,
  tag,
} from './schemas.ts';

// The nouns of the registry. Times are milliseconds UTC.

const time = z.int().nonnegative();
export const registeredKey = z.string().regex(/^rm-[0-9a-f]{32}$/);
export const promotionKey = z.string().regex(/^pr-[0-9a-f]{32}$/);
export const deploymentKey = z.string().regex(/^d-[0-9a-f]{32}$/);
/** A word for where something runs. */
export const environment = z.string().regex(/^[a-z0-9][\w.-]{0,63}$/);

export const promotionTarget = z
  .object({ kind: z.enum(['alias', 'stage']), name: z.string().min(1).max(255) })
  .meta({ id: 'PromotionTarget' });

export const check = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('metric'),
      metric: z.string().optional(),
      direction: z.enum(['min', 'max']).optional(),
      dataset: z.string().optional(),
      tolerance: z.number().optional(),
      bound: z.number().optional(),
    }),
    z.object({ kind: z.literal('signature') }),
    z.object({
      kind: z.literal('tags'),
      tags: z.array(z.object({ key: z.string(), value: z.string().optional() })),
    }),
    z.object({
      kind: z.literal('evaluation'),
      metric: z.string().optional(),
      environment: environment.optional(),
    }),
    z.object({ kind: z.literal('file'), path: z.string() }),
    z.object({ kind: z.literal('data-age'), days: z.number() }),
  ])
  .meta({ id: 'Check' });

export const gate = z
  .object({
    target: promotionTarget,
    checks: z.array(check).max(50),
    approval: z.object({ role: z.enum(['editor', 'admin']), count: z.int().min(1).max(10) }).optional(),
  })
  .meta({ id: 'Gate' });

export const checkResult = z
  .object({
    kind: z.enum(['metric', 'signature', 'tags', 'evaluation', 'file', 'data-age', 'approval', 'holder']),
    isPassed: z.boolean(),
    detail: z.string(),
  })
  .meta({ id: 'CheckResult' });

/** Who, with the name that people know him by. */
export const person = actor.extend({ name: z.string() }).meta({ id: 'Person' });

export const promotion = z
  .object({
    id: promotionKey,
    model: registeredKey,
    modelName: z.string(),
    version: z.int(),
    target: promotionTarget,
    askedBy: person,
    askedAt: time,
    reason: z.string(),
    status: z.enum(['open', 'done', 'rejected', 'withdrawn', 'superseded']),
    closedAt: time.optional(),
    /** Once it is carried out, the others of the stage move to `archived`. */
    archiveOthers: z.boolean(),
    approvals: z.array(
      z.object({
        by: person,
        at: time,
        decision: z.enum(['approved', 'rejected']),
        role: z.enum(['editor', 'admin']),
        reason: z.string(),
      }),
    ),
    /** How the gate stands now; present for open ones. */
    checks: z.array(checkResult).optional(),
    /** Whether whoever asks may approve. */
    mayApprove: z.boolean().optional(),
  })
  .meta({ id: 'Promotion' });

/** One number that says how a version does, and where the number is from. */
export const figure = z
  .object({
    metric: z.string(),
    value: z.number(),
    environment: z.string(),
    at: time,
    samples: z.int().optional(),
    dataset: z
      .object({ name: z.string(), digest: z.string().optional(), number: z.int().optional() })
      .optional(),
    /** `evaluation`: recorded of the version; `run`: a run that evaluates it; `training`: the run that made it; `logged-model`. */
    from: z.enum(['evaluation', 'run', 'training', 'logged-model']),
    run: runKey.optional(),
  })
  .meta({ id: 'Figure' });

/** A dataset version as a chip says it. */
export const dataChip = z
  .object({ name: z.string(), number: z.int(), digest: z.string(), role: z.string() })
  .meta({ id: 'DataChip' });

/** A run as a link says it; absent where the asker may not read the run. */
export const runChip = z
  .object({
    id: runKey,
    project: projectKey,
    projectName: z.string(),
    number: z.int(),
    name: z.string(),
  })
  .meta({ id: 'RunChip' });

export const deployment = z
  .object({
    id: deploymentKey,
    model: registeredKey,
    modelName: z.string(),
    version: z.int(),
    environment: z.string(),
    startedAt: time,
    endedAt: time.optional(),
    by: person,
    url: z.string().optional(),
  })
  .meta({ id: 'Deployment' });

/** A version as a row of a table. */
export const versionRow = z
  .object({
    number: z.int().positive(),
    description: z.string(),
    createdAt: time,
    createdBy: person,
    stage: z.string(),
    aliases: z.array(z.string()),
    objective: objective.optional(),
    dev: figure.optional(),
    prod: figure.optional(),
    data: z.array(dataChip),
    run: runChip.optional(),
    gitCommit: z.string().optional(),
    manifest: z.string().optional(),
    files: z.int().optional(),
    sizeBytes: z.int().optional(),
    deprecated: z.object({ at: time, reason: z.string() }).optional(),
  })
  .meta({ id: 'VersionRow' });

export const registeredModel = z
  .object({
    id: registeredKey,
    workspace: z.string(),
    name: z.string(),
    project: projectKey.optional(),
    description: z.string(),
    owner: z.string(),
    createdAt: time,
    updatedAt: time,
    createdBy: person,
    tags: z.array(tag),
    aliases: z.array(z.object({ alias: z.string(), version: z.int() })),
    stages: z.array(z.object({ stage: z.string(), version: z.int() })),
    gates: z.array(gate),
    versions: z.int(),
    lastVersion: z.int(),
    revision: z.int(),
    /** What whoever asks may do here. */
    may: z.object({ write: z.boolean(), approve: z.boolean(), admin: z.boolean() }),
  })
  .meta({ id: 'RegisteredModel' });

/** The version of a model that is in production, with all that home says about it. */
export const productionRow = z
  .object({
    model: registeredKey,
    modelName: z.string(),
    version: versionRow,
    /** What says so: `alias production`, `stage production`, `deployment eu-prod`. */
    because: z.string(),
    since: time,
    by: person.optional(),
    deployments: z.array(deployment),
    /** Production figures of the last 7 days, oldest first, at most 200: [time, value]. Empty in the list of models. */
    trend: z.array(z.tuple([time, z.number()])),
    health: z.enum(['ok', 'worse', 'unknown']),
    /** Why, in a sentence. */
    healthDetail: z.string(),
  })
  .meta({ id: 'ProductionRow' });

export const modelRow = registeredModel
  .extend({ production: productionRow.optional(), latest: versionRow.optional(), openPromotions: z.int() })
  .meta({ id: 'ModelRow' });

/** Which version had an alias, a stage or an environment, and when. */
export const holding = z.object({
  version: z.int(),
  from: time,
  to: time.optional(),
  by: person.optional(),
  reason: z.string(),
  isRollback: z.boolean(),
});
export const lane = z
  .object({ kind: z.enum(['alias', 'stage', 'environment']), name: z.string(), holdings: z.array(holding) })
  .meta({ id: 'Lane' });

export const registryEntry = z
  .object({
    number: z.int(),
    action: z.string(),
    version: z.int().optional(),
    actor: person,
    at: time,
    reason: z.string(),
    details: z.record(z.string(), z.string()),
    previous: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'RegistryEntry' });

export const signatureField = z.object({
  name: z.string(),
  type: z.string(),
  isRequired: z.boolean(),
  shape: z.array(z.int()).optional(),
});
export const signature = z
  .object({
    inputs: z.array(signatureField),
    outputs: z.array(signatureField),
    params: z.array(z.object({ name: z.string(), type: z.string(), default: z.string() })),
  })
  .meta({ id: 'Signature' });

/** One part of the package: what it came from, by digest, or how to have it captured. */
export const packagePart = z
  .object({
    part: z.enum(['code', 'data', 'environment', 'params', 'metrics', 'weights']),
    isCaptured: z.boolean(),
    /** A sentence of facts, or how to capture it. */
    summary: z.string(),
    digest: z.string().optional(),
    sizeBytes: z.int().optional(),
  })
  .meta({ id: 'PackagePart' });

export const versionFile = z.object({ path: z.string(), digest: z.string(), sizeBytes: z.int() });

/** Everything about one version: the page, and `cairn` shows the same. */
export const versionDetail = versionRow
  .extend({
    model: registeredModel,
    source: z.string(),
    userId: z.string(),
    tags: z.array(tag),
    loggedModel: modelKey.optional(),
    /** Since when it holds its production name; absent when it does not. */
    production: z.object({ because: z.string(), since: time, by: person.optional() }).optional(),
    deployments: z.array(deployment),
    /** The version that was in production before this one (or is, when this one is not): what differences are shown against. */
    comparedWith: z.int().optional(),
    origin: z.object({
      /** Absent when no run made it, or it may not be read: then `isHidden`. */
      run: runChip
        .extend({ status: z.string(), startedAt: time, endedAt: time.optional(), userId: z.string() })
        .optional(),
      isHidden: z.boolean(),
      source,
      /** `previous`: its value in `comparedWith`, null when that has none; absent when it is the same, or nothing is compared. */
      params: z.array(param.extend({ previous: z.string().nullable().optional() })),
      metrics: z.array(metric),
      datasets: z.array(dataset.extend({ number: z.int(), role: z.string() })),
    }),
    package: z.array(packagePart),
    evaluations: z.array(figure),
    signature: signature.optional(),
    flavours: z.array(z.string()),
    inputExample: z.string().optional(),
    /** Why the sealed `MLmodel` cannot be read, when there is one that cannot. */
    mlmodelError: z.string().optional(),
    fileList: z.array(versionFile).max(1000),
    /** The tree behind the sealed files was changed after registration. */
    isTreeChanged: z.boolean(),
    /** How each gate of the model stands for this version. */
    gates: z.array(z.object({ target: promotionTarget, checks: z.array(checkResult) })),
    promotions: z.array(promotion),
    tagsOfModel: z.array(tag),
  })
  .meta({ id: 'VersionDetail' });

export const lineageNode = z
  .object({
    key: z.string(),
    kind: z.enum(['artifact', 'run', 'logged-model', 'version', 'deployment', 'hidden']),
    /** `sales@v31`, `churn 471`, `churn v14`, `eu-prod`; empty when hidden. */
    title: z.string(),
    subtitle: z.string(),
    /** Where the page about it is, within the app; absent when there is none. */
    href: z.string().optional(),
    /** Edges that were left out, either way. */
    moreUp: z.boolean(),
    moreDown: z.boolean(),
  })
  .meta({ id: 'LineageNode' });
export const lineage = z
  .object({
    root: z.string(),
    nodes: z.array(lineageNode),
    edges: z.array(z.object({ from: z.string(), to: z.string(), role: z.string() })),
  })
  .meta({ id: 'Lineage' });

export const datasetRow = z
  .object({
    name: z.string(),
    versions: z.int(),
    latest: z.object({ number: z.int(), digest: z.string(), createdAt: time }),
    sourceType: z.string(),
    rows: z.number().optional(),
    columns: z.int().optional(),
    runs: z.int(),
    /** Production versions trained on any version of it. */
    inProduction: z.array(z.object({ modelName: z.string(), version: z.int() })),
  })
  .meta({ id: 'DatasetRow' });

/** Columns of a schema, whatever client described it; empty when it can't be read. */
export const columnField = z.object({ name: z.string(), type: z.string(), isRequired: z.boolean() });
export const datasetVersion = z
  .object({
    name: z.string(),
    number: z.int(),
    digest: z.string(),
    createdAt: time,
    createdBy: person,
    manifest: z.string().optional(),
    sourceType: z.string(),
    source: z.string(),
    columns: z.array(columnField),
    profile: z.array(z.object({ key: z.string(), value: z.string() })),
    /** As the client sent them; left out beyond 65,536 characters. */
    schema: z.string().optional(),
    profileText: z.string().optional(),
  })
  .meta({ id: 'DatasetVersion' });

export type FigureJson = z.infer<typeof figure>;
export type VersionRowJson = z.infer<typeof versionRow>;
export type ModelRowJson = z.infer<typeof modelRow>;
export type ProductionRowJson = z.infer<typeof productionRow>;
export type PromotionJson = z.infer<typeof promotion>;
export type CheckResultJson = z.infer<typeof checkResult>;
export type GateJson = z.infer<typeof gate>;
export type LineageJson = z.infer<typeof lineage>;
export type LineageNodeJson = z.infer<typeof lineageNode>;
