import { declaredTags, type Present } from './presence.ts';
import type { LoggedModel, ModelStatus } from '#core/domain/logged-model.ts';
import type { Point } from '#core/domain/point.ts';
import type { Project } from '#core/domain/project.ts';
import type { Run, RunStatus } from '#core/domain/run.ts';

// Domain → MLflow's proto-JSON: snake case, unset fields and empty lists absent, int64 as numbers, enums by name.

const RUN_STATUS: Readonly<Record<RunStatus, string>> = {
  scheduled: 'SCHEDULED',
  running: 'RUNNING',
  finished: 'FINISHED',
  failed: 'FAILED',
  killed: 'KILLED',
};

const MODEL_STATUS: Readonly<Record<ModelStatus, string>> = {
  pending: 'LOGGED_MODEL_PENDING',
  ready: 'LOGGED_MODEL_READY',
  upload_failed: 'LOGGED_MODEL_UPLOAD_FAILED',
};

export function presentExperiment(project: Project): Present {
  return {
    experiment_id: project.id,
    name: project.name,
    artifact_location: project.artifactLocation,
    lifecycle_stage: project.deletedAt === undefined ? 'active' : 'deleted',
    last_update_time: project.updatedAt,
    creation_time: project.createdAt,
    ...declaredTags('tags', project.tags),
  };
}

export function presentRunInfo(run: Run): Present {
  return {
    run_id: run.id,
    run_uuid: run.id,
    experiment_id: run.project,
    run_name: run.name,
    user_id: run.userId,
    status: RUN_STATUS[run.status],
    start_time: run.startedAt,
    ...(run.endedAt !== undefined && { end_time: run.endedAt }),
    artifact_uri: run.artifactUri,
    lifecycle_stage: run.deletedAt === undefined ? 'active' : 'deleted',
  };
}

export function presentRun(run: Run): Present {
  const metrics = [...run.metrics].map(([key, { last }]) => presentMetric(key, last));
  const params = [...run.params].map(([key, value]) => ({ key, value: value.text }));
  const datasets = run.datasets.map(({ dataset, tags }) => ({
    ...declaredTags('tags', tags),
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      ...(dataset.schema !== undefined && { schema: dataset.schema }),
      ...(dataset.profile !== undefined && { profile: dataset.profile }),
    },
  }));
  const inputs = run.modelInputs.map((edge) => ({ model_id: edge.model }));
  const outputs = run.modelOutputs.map((edge) => ({ model_id: edge.model, step: edge.step }));
  return {
    info: presentRunInfo(run),
    data: {
      ...(metrics.length > 0 && { metrics }),
      ...(params.length > 0 && { params }),
      ...declaredTags('tags', run.tags),
    },
    inputs: {
      ...(datasets.length > 0 && { dataset_inputs: datasets }),
      ...(inputs.length > 0 && { model_inputs: inputs }),
    },
    outputs: outputs.length > 0 ? { model_outputs: outputs } : {},
  };
}

export function presentMetric(key: string, point: Point): Present {
  return {
    key,
    value: presentValue(point.value),
    timestamp: Math.floor(point.time / 1000),
    step: point.step,
  };
}

/** NaN as text; infinities as the greatest double, which MLflow's stores and clients compare with. */
export function presentValue(value: number): number | string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? value : Math.sign(value) * Number.MAX_VALUE;
}

export function presentModel(model: LoggedModel): Present {
  const metrics = model.metrics.map(({ owner, metric, summary }) => ({
    ...presentMetric(metric, summary.last),
    model_id: model.id,
    run_id: owner.run,
    ...(owner.dataset && { dataset_name: owner.dataset.name, dataset_digest: owner.dataset.digest }),
  }));
  return {
    info: {
      model_id: model.id,
      experiment_id: model.project,
      name: model.name,
      creation_timestamp_ms: model.createdAt,
      last_updated_timestamp_ms: model.updatedAt,
      artifact_uri: model.artifactUri,
      status: MODEL_STATUS[model.status],
      model_type: model.modelType,
      ...(model.sourceRun !== undefined && { source_run_id: model.sourceRun }),
      ...(model.statusMessage !== undefined && { status_message: model.statusMessage }),
      ...declaredTags('tags', model.tags),
    },
    data: { ...declaredTags('params', model.params), ...(metrics.length > 0 && { metrics }) },
  };
}
