import { toMetricValue } from '#core/contract/numbers.ts';
import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import { projectId, runId, workspaceId } from '#core/domain/ids.ts';
import { produceArtifact } from '#core/tracking/artifacts/produce-artifact.ts';
import { useArtifact } from '#core/tracking/artifacts/use-artifact.ts';
import { listRunModels } from '#core/tracking/models/list-run-models.ts';
import { deleteRun, restoreRun } from '#core/tracking/runs/delete-run.ts';
import { findRun } from '#core/tracking/runs/find-run.ts';
import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { purgeRun } from '#core/tracking/runs/purge-run.ts';
import { searchRuns } from '#core/tracking/runs/search-runs.ts';
import { startRun } from '#core/tracking/runs/start-run.ts';
import { surveyRuns } from '#core/tracking/runs/survey-runs.ts';
import { untagRun } from '#core/tracking/runs/untag-run.ts';
import { updateRun } from '#core/tracking/runs/update-run.ts';
import { readPoints } from '#core/tracking/series/read-points.ts';
import type { Operations } from '../operation.ts';
import { presentArtifactVersion, presentModel, presentProject, presentRun } from '../present.ts';
import { loggedPoints, newParams } from '../wire/logged.ts';

type Name =
  | 'createRun'
  | 'searchRuns'
  | 'getRun'
  | 'updateRun'
  | 'deleteRun'
  | 'restoreRun'
  | 'purgeRun'
  | 'logToRun'
  | 'produceArtifact'
  | 'useArtifact'
  | 'deleteRunTag'
  | 'readPoints'
  | 'listRunModels'
  | 'home';

export const runOperations: Pick<Operations, Name> = {
  createRun: async ({ ports, principal, body }) => {
    const { id, params, name, startedAt, ...rest } = body;
    const run = await startRun(ports, principal, {
      ...rest,
      project: projectId(body.project),
      wire: 'native',
      params: newParams(params),
      ...(id !== undefined && { id: runId(id) }),
      ...(name !== undefined && { name }),
      ...(startedAt !== undefined && { startedAt }),
    });
    return presentRun(run);
  },

  searchRuns: async ({ ports, principal, body }) => {
    const { cursor: from, projects, ...rest } = body;
    const page = await searchRuns(ports, principal, {
      ...rest,
      projects: projects.map(projectId),
      ...(from !== undefined && { cursor: from }),
    });
    return {
      runs: page.items.map(presentRun),
      total: page.total,
      ...(page.cursor !== undefined && { cursor: page.cursor }),
    };
  },

  getRun: async ({ ports, principal, params }) =>
    presentRun(await findRun(ports, principal, { run: runId(params.run) })),

  updateRun: async ({ ports, principal, params, body }) => {
    const { name, status, endedAt } = body;
    const run = await updateRun(ports, principal, {
      run: runId(params.run),
      ...(name !== undefined && { name }),
      ...(status !== undefined && { status }),
      ...(endedAt !== undefined && { endedAt }),
    });
    return presentRun(run);
  },

  deleteRun: async ({ ports, principal, params }) =>
    presentRun(await deleteRun(ports, principal, { run: runId(params.run) })),

  restoreRun: async ({ ports, principal, params }) =>
    presentRun(await restoreRun(ports, principal, { run: runId(params.run) })),

  purgeRun: async ({ ports, principal, params }) => {
    await purgeRun(ports, principal, { run: runId(params.run) });
    return {};
  },

  logToRun: async ({ ports, principal, params, body, idempotencyKey }) => {
    const run = runId(params.run);
    const { sequence, isRepeat } = await logBatch(ports, principal, {
      run,
      params: newParams(body.params),
      paramPolicy: 'overwrite',
      tags: body.tags,
      points: loggedPoints(run, body.points, ports.clock.now() * 1000),
      datasets: body.datasets.map(({ context, schema, profile, ...dataset }) => ({
        dataset: {
          ...dataset,
          ...(schema !== undefined && { schema }),
          ...(profile !== undefined && { profile }),
        },
        tags: new Map(context === undefined ? [] : [[CONTEXT_TAG, context]]),
      })),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
    return { sequence, isRepeat };
  },

  produceArtifact: async ({ ports, principal, params, body }) =>
    presentArtifactVersion(await produceArtifact(ports, principal, { run: runId(params.run), ...body })),

  useArtifact: async ({ ports, principal, params, body }) => {
    const { number, ...rest } = body;
    const run = runId(params.run);
    const asked = { run, ...rest, ...(number !== undefined && { number }) };
    return presentArtifactVersion(await useArtifact(ports, principal, asked));
  },

  deleteRunTag: async ({ ports, principal, params }) => {
    await untagRun(ports, principal, { run: runId(params.run), key: params.key });
    return {};
  },

  readPoints: async ({ ports, principal, params, query }) => {
    const { steps, times, values } = await readPoints(ports, principal, {
      run: runId(params.run),
      metric: query.metric,
    });
    return {
      metric: query.metric,
      steps: [...steps],
      timesMicros: [...times],
      values: Array.from(values, toMetricValue),
    };
  },

  listRunModels: async ({ ports, principal, params }) => ({
    models: (await listRunModels(ports, principal, { run: runId(params.run) })).map(presentModel),
  }),

  home: async ({ ports, principal, query }) => {
    const survey = await surveyRuns(ports, principal, { workspace: workspaceId(query.workspace) });
    return {
      training: survey.training.map(presentRun),
      recent: survey.recent.map(presentRun),
      projects: survey.projects.map(presentProject),
      best: survey.best.map(({ project, objective, run, value }) => ({
        project: project.id,
        objective,
        run: presentRun(run),
        value: toMetricValue(value),
        params: [...run.params].map(([key, param]) => ({ key, ...param })),
      })),
    };
  },
};
