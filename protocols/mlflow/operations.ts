import type { Operation } from './operation.ts';
import { createExperiment } from './operations/experiments/create-experiment.ts';
import { deleteExperimentTag } from './operations/experiments/delete-experiment-tag.ts';
import { deleteExperiment } from './operations/experiments/delete-experiment.ts';
import { getExperimentByName } from './operations/experiments/get-experiment-by-name.ts';
import { getExperiment } from './operations/experiments/get-experiment.ts';
import { restoreExperiment } from './operations/experiments/restore-experiment.ts';
import { searchDatasets } from './operations/experiments/search-datasets.ts';
import { searchExperiments } from './operations/experiments/search-experiments.ts';
import { setExperimentTag } from './operations/experiments/set-experiment-tag.ts';
import { updateExperiment } from './operations/experiments/update-experiment.ts';
import { createRun } from './operations/runs/create-run.ts';
import { deleteRun } from './operations/runs/delete-run.ts';
import { deleteTag } from './operations/runs/delete-tag.ts';
import { getRun } from './operations/runs/get-run.ts';
import { logBatch } from './operations/runs/log-batch.ts';
import { logInputs } from './operations/runs/log-inputs.ts';
import { logMetric } from './operations/runs/log-metric.ts';
import { logModel } from './operations/runs/log-model.ts';
import { logOutputs } from './operations/runs/log-outputs.ts';
import { logParameter } from './operations/runs/log-parameter.ts';
import { restoreRun } from './operations/runs/restore-run.ts';
import { searchRuns } from './operations/runs/search-runs.ts';
import { setTag } from './operations/runs/set-tag.ts';
import { updateRun } from './operations/runs/update-run.ts';
import { getHistoryBulkInterval } from './operations/metrics/get-history-bulk-interval.ts';
import { getHistoryBulk } from './operations/metrics/get-history-bulk.ts';
import { getHistory } from './operations/metrics/get-history.ts';
import { createLoggedModel } from './operations/logged-models/create-logged-model.ts';
import { deleteLoggedModelTag } from './operations/logged-models/delete-logged-model-tag.ts';
import { deleteLoggedModel } from './operations/logged-models/delete-logged-model.ts';
import { finalizeLoggedModel } from './operations/logged-models/finalize-logged-model.ts';
import { getLoggedModel } from './operations/logged-models/get-logged-model.ts';
import { listLoggedModelArtifacts } from './operations/logged-models/list-logged-model-artifacts.ts';
import { logLoggedModelParams } from './operations/logged-models/log-logged-model-params.ts';
import { searchLoggedModels } from './operations/logged-models/search-logged-models.ts';
import { setLoggedModelTags } from './operations/logged-models/set-logged-model-tags.ts';
import { createRegisteredModel } from './operations/registered-models/create-registered-model.ts';
import { getRegisteredModel } from './operations/registered-models/get-registered-model.ts';
import { renameRegisteredModel } from './operations/registered-models/rename-registered-model.ts';
import { updateRegisteredModel } from './operations/registered-models/update-registered-model.ts';
import { deleteRegisteredModel } from './operations/registered-models/delete-registered-model.ts';
import { searchRegisteredModels } from './operations/registered-models/search-registered-models.ts';
import { getLatestVersions } from './operations/registered-models/get-latest-versions.ts';
import { setRegisteredModelTag } from './operations/registered-models/set-registered-model-tag.ts';
import { deleteRegisteredModelTag } from './operations/registered-models/delete-registered-model-tag.ts';
import { setRegisteredModelAlias } from './operations/registered-models/set-registered-model-alias.ts';
import { deleteRegisteredModelAlias } from './operations/registered-models/delete-registered-model-alias.ts';
import { getModelVersionByAlias } from './operations/registered-models/get-model-version-by-alias.ts';
import { createModelVersion } from './operations/model-versions/create-model-version.ts';
import { getModelVersion } from './operations/model-versions/get-model-version.ts';
import { updateModelVersion } from './operations/model-versions/update-model-version.ts';
import { deleteModelVersion } from './operations/model-versions/delete-model-version.ts';
import { searchModelVersions } from './operations/model-versions/search-model-versions.ts';
import { getModelVersionDownloadUri } from './operations/model-versions/get-model-version-download-uri.ts';
import { transitionModelVersionStage } from './operations/model-versions/transition-model-version-stage.ts';
import { setModelVersionTag } from './operations/model-versions/set-model-version-tag.ts';
import { deleteModelVersionTag } from './operations/model-versions/delete-model-version-tag.ts';
import { listArtifacts } from './operations/artifacts/list-artifacts.ts';
import { listProxiedArtifacts } from './operations/artifacts/list-proxied-artifacts.ts';
import { createUser } from './operations/users/create-user.ts';
import { getUser } from './operations/users/get-user.ts';
import { updateUserPassword } from './operations/users/update-user-password.ts';
import { updateUserAdmin } from './operations/users/update-user-admin.ts';
import { deleteUser } from './operations/users/delete-user.ts';
import { createExperimentPermission } from './operations/experiment-permissions/create-experiment-permission.ts';
import { getExperimentPermission } from './operations/experiment-permissions/get-experiment-permission.ts';
import { updateExperimentPermission } from './operations/experiment-permissions/update-experiment-permission.ts';
import { deleteExperimentPermission } from './operations/experiment-permissions/delete-experiment-permission.ts';

/** Everything of MLflow's RPC table that is spoken: deleting a line and its file deletes the operation. */
export const OPERATIONS: readonly Operation[] = [
  createExperiment,
  deleteExperimentTag,
  deleteExperiment,
  getExperimentByName,
  getExperiment,
  restoreExperiment,
  searchDatasets,
  searchExperiments,
  setExperimentTag,
  updateExperiment,
  createRun,
  deleteRun,
  deleteTag,
  getRun,
  logBatch,
  logInputs,
  logMetric,
  logModel,
  logOutputs,
  logParameter,
  restoreRun,
  searchRuns,
  setTag,
  updateRun,
  getHistoryBulkInterval,
  getHistoryBulk,
  getHistory,
  createLoggedModel,
  deleteLoggedModelTag,
  deleteLoggedModel,
  finalizeLoggedModel,
  getLoggedModel,
  listLoggedModelArtifacts,
  logLoggedModelParams,
  searchLoggedModels,
  setLoggedModelTags,
  createRegisteredModel,
  getRegisteredModel,
  renameRegisteredModel,
  updateRegisteredModel,
  deleteRegisteredModel,
  searchRegisteredModels,
  getLatestVersions,
  setRegisteredModelTag,
  deleteRegisteredModelTag,
  setRegisteredModelAlias,
  deleteRegisteredModelAlias,
  getModelVersionByAlias,
  createModelVersion,
  getModelVersion,
  updateModelVersion,
  deleteModelVersion,
  searchModelVersions,
  getModelVersionDownloadUri,
  transitionModelVersionStage,
  setModelVersionTag,
  deleteModelVersionTag,
  listArtifacts,
  listProxiedArtifacts,
  createUser,
  getUser,
  updateUserPassword,
  updateUserAdmin,
  deleteUser,
  createExperimentPermission,
  getExperimentPermission,
  updateExperimentPermission,
  deleteExperimentPermission,
];
