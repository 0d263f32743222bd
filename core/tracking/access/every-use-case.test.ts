import { beforeAll, expect, test } from 'vitest';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE, modelId, runId } from '#core/domain/ids.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { beginUpload } from '../files/begin-upload.ts';
import { abortUpload, completeUpload } from '../files/complete-upload.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { listFiles } from '../files/list-files.ts';
import { openFile } from '../files/open-file.ts';
import { OpenUploads } from '../files/open-uploads.ts';
import { putFile } from '../files/put-file.ts';
import { addModelParams, deleteModel, finaliseModel, tagModel, untagModel } from '../models/change-model.ts';
import { createModel } from '../models/create-model.ts';
import { findModel } from '../models/find-model.ts';
import { listRunModels } from '../models/list-run-models.ts';
import { searchModels } from '../models/search-models.ts';
import type { Ports } from '../ports/ports.ts';
import {
  declareObjective,
  deleteProject,
  renameProject,
  restoreProject,
  tagProject,
  untagProject,
} from '../projects/change-project.ts';
import { createProject } from '../projects/create-project.ts';
import { findProject, findProjectByName } from '../projects/find-project.ts';
import { searchProjects } from '../projects/search-projects.ts';
import { surveyProjects } from '../projects/survey-projects.ts';
import { deleteRun, restoreRun } from '../runs/delete-run.ts';
import { findRun, findRunByNumber } from '../runs/find-run.ts';
import { listDatasets } from '../runs/list-datasets.ts';
import { listFields } from '../runs/list-fields.ts';
import { logBatch } from '../runs/log-batch.ts';
import { logInputs, logOutputs } from '../runs/log-inputs.ts';
import { searchRuns } from '../runs/search-runs.ts';
import { startRun } from '../runs/start-run.ts';
import { surveyRuns } from '../runs/survey-runs.ts';
import { untagRun } from '../runs/untag-run.ts';
import { updateRun } from '../runs/update-run.ts';
import { chartSeries } from '../series/chart-series.ts';
import { readPointsOfRuns } from '../series/read-points-of-runs.ts';
import { readPoints } from '../series/read-points.ts';
import { LOCAL_OWNER, type Principal } from './principal.ts';

const NOBODY: Principal = { kind: 'user', id: 'nobody', grants: [] };
const VIEWER: Principal = {
  kind: 'user',
  id: 'ana',
  grants: [{ scope: 'workspace', workspace: DEFAULT_WORKSPACE, role: 'viewer' }],
};

const run = runId('a'.repeat(32));
const model = modelId(`m-${'b'.repeat(32)}`);
const project = DEFAULT_PROJECT;
const workspace = DEFAULT_WORKSPACE;
const owner = { kind: 'run', run } as const;
const ofModel = { kind: 'model', model } as const;
const loose = { kind: 'loose' } as const;
const limit = 10;

const store = memoryStore();
const uploads = new OpenUploads(() => 'upload');
let bytesRead = 0;
const ports: Ports = {
  ...store,
  clock: { now: () => 1_000 },
  ids: { runId: () => run, modelId: () => model, name: () => 'calm-otter-1' },
};
async function* bytes(): AsyncGenerator<Uint8Array> {
  bytesRead += 1;
  yield new Uint8Array([1]);
}

type UseCase = (ports: Ports, who: Principal) => Promise<unknown>;

const READS: Record<string, UseCase> = {
  listFiles: (all, who) => listFiles(all, who, { owner, folder: '' }),
  'listFiles of a model': (all, who) => listFiles(all, who, { owner: ofModel, folder: '' }),
  'listFiles of loose paths': (all, who) => listFiles(all, who, { owner: loose, folder: '' }),
  openFile: (all, who) => openFile(all, who, { owner, path: 'f' }),
  findModel: (all, who) => findModel(all, who, { model }),
  listRunModels: (all, who) => listRunModels(all, who, { run }),
  findProject: (all, who) => findProject(all, who, { project }),
  findProjectByName: (all, who) => findProjectByName(all, who, { workspace, name: 'Default' }),
  findRun: (all, who) => findRun(all, who, { run }),
  findRunByNumber: (all, who) => findRunByNumber(all, who, { project, number: 1 }),
  listFields: (all, who) => listFields(all, who, { project }),
  readPoints: (all, who) => readPoints(all, who, { run, metric: 'm' }),
};

const WRITES: Record<string, UseCase> = {
  putFile: (all, who) => putFile(all, who, { owner, path: 'f', bytes: bytes() }),
  'putFile of loose paths': (all, who) => putFile(all, who, { owner: loose, path: 'f', bytes: bytes() }),
  beginUpload: (all, who) => beginUpload({ ...all, uploads }, who, { owner, path: 'f', partCount: 1 }),
  completeUpload: (all, who) =>
    completeUpload({ ...all, uploads }, who, { owner, path: 'f', upload: 'upload', parts: [] }),
  abortUpload: (all, who) => abortUpload({ ...all, uploads }, who, { owner, path: 'f', upload: 'upload' }),
  deleteFiles: (all, who) => deleteFiles(all, who, { owner, path: 'f' }),
  createModel: (all, who) => createModel(all, who, { project }),
  finaliseModel: (all, who) => finaliseModel(all, who, { model, status: 'ready' }),
  addModelParams: (all, who) => addModelParams(all, who, { model, params: [] }),
  tagModel: (all, who) => tagModel(all, who, { model, tags: [] }),
  untagModel: (all, who) => untagModel(all, who, { model, key: 'k' }),
  deleteModel: (all, who) => deleteModel(all, who, { model }),
  createProject: (all, who) => createProject(all, who, { workspace, name: 'p' }),
  renameProject: (all, who) => renameProject(all, who, { project, name: 'p' }),
  deleteProject: (all, who) => deleteProject(all, who, { project }),
  restoreProject: (all, who) => restoreProject(all, who, { project }),
  tagProject: (all, who) => tagProject(all, who, { project, tags: [] }),
  untagProject: (all, who) => untagProject(all, who, { project, key: 'k' }),
  declareObjective: (all, who) => declareObjective(all, who, { project, objective: null }),
  startRun: (all, who) => startRun(all, who, { project, wire: 'native' }),
  'startRun of a run that is there': (all, who) => startRun(all, who, { project, wire: 'native', id: run }),
  logBatch: (all, who) => logBatch(all, who, { run }),
  logInputs: (all, who) => logInputs(all, who, { run, datasets: [], models: [] }),
  logOutputs: (all, who) => logOutputs(all, who, { run, models: [] }),
  untagRun: (all, who) => untagRun(all, who, { run, key: 'k' }),
  updateRun: (all, who) => updateRun(all, who, { run, status: 'finished' }),
  deleteRun: (all, who) => deleteRun(all, who, { run }),
  restoreRun: (all, who) => restoreRun(all, who, { run }),
};

beforeAll(async () => {
  await startRun(ports, LOCAL_OWNER, { project, wire: 'native', tags: [{ key: 'k', value: 'v' }] });
  await createModel(ports, LOCAL_OWNER, { project, sourceRun: run });
  await putFile(ports, LOCAL_OWNER, { owner, path: 'f', bytes: bytes() });
  bytesRead = 0;
});

test.each(Object.entries({ ...READS, ...WRITES }))('%s is forbidden without a grant', async (_, useCase) => {
  const before = store.feed.latest();
  await expect(useCase(ports, NOBODY)).rejects.toMatchObject({ code: 'forbidden' });
  expect(store.feed.latest()).toBe(before);
  expect(bytesRead).toBe(0);
});

test.each(Object.entries(WRITES))('%s is forbidden to a viewer', async (_, useCase) => {
  const before = store.feed.latest();
  await expect(useCase(ports, VIEWER)).rejects.toMatchObject({ code: 'forbidden' });
  expect(store.feed.latest()).toBe(before);
  expect(bytesRead).toBe(0);
});

test.each(Object.entries(READS))('%s is open to a viewer', async (_, useCase) => {
  await expect(useCase(ports, VIEWER)).resolves.toBeDefined();
});

test('a search finds nothing without a grant, and counts nothing', async () => {
  const nothing = { items: [], total: 0 };
  const search = { filter: '', order: [], limit };
  expect(await searchRuns(ports, NOBODY, { ...search, projects: [project], view: 'all' })).toEqual(nothing);
  expect(await searchModels(ports, NOBODY, { ...search, projects: [project] })).toEqual(nothing);
  expect(await searchProjects(ports, NOBODY, { workspace, view: 'all', limit })).toEqual(nothing);
  expect(await surveyProjects(ports, NOBODY, { view: 'all' })).toEqual([]);
  expect(await surveyRuns(ports, NOBODY)).toEqual({ training: [], recent: [], projects: [], best: [] });
  const items = [{ run, metric: 'm' }];
  expect(await chartSeries(ports, NOBODY, { items, x: 'step', pixels: 100 })).toEqual([]);
  expect(await listDatasets(ports, NOBODY, { projects: [project], limit })).toEqual([]);
  const histories = readPointsOfRuns(ports, NOBODY, { runs: [run], metric: 'm' });
  expect((await histories.next()).value).toBe(undefined);
});

test('a viewer finds what is there', async () => {
  const found = await searchRuns(ports, VIEWER, {
    projects: [project],
    filter: '',
    order: [],
    view: 'all',
    limit,
  });
  expect(found.total).toBe(1);
  const histories = readPointsOfRuns(ports, VIEWER, { runs: [run], metric: 'm' });
  expect((await histories.next()).value).toMatchObject({ run });
});
