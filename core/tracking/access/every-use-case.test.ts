import { beforeAll, expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import {
  DEFAULT_PROJECT,
  DEFAULT_WORKSPACE,
  modelId,
  projectId,
  runId,
  type ModelId,
  type ProjectId,
  type RunId,
  deploymentId,
  promotionId,
  registeredModelId,
  workspaceId,
} from '#core/domain/ids.ts';
import { accountId, keyId, sessionId, teamId } from '#core/domain/account.ts';
import { quickSecrets } from '#storage/conformance/quick-secrets.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { changePassword } from '../accounts/change-password.ts';
import { createAccount } from '../accounts/create-account.ts';
import { inviteAccount } from '../accounts/invite-account.ts';
import { listAccounts } from '../accounts/list-accounts.ts';
import { setPassword } from '../accounts/set-password.ts';
import { updateAccount } from '../accounts/update-account.ts';
import { updateOwnAccount } from '../accounts/update-own-account.ts';
import { bestRuns } from '../answers/best.ts';
import { findLineage } from '../answers/lineage.ts';
import { findObjective } from '../answers/objective.ts';
import { listProduction } from '../answers/production.ts';
import { produceArtifact } from '../artifacts/produce-artifact.ts';
import { useArtifact } from '../artifacts/use-artifact.ts';
import { listAudit } from '../audit/list-audit.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { beginUpload } from '../files/begin-upload.ts';
import { abortUpload, completeUpload } from '../files/complete-upload.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { listFiles } from '../files/list-files.ts';
import { openFile } from '../files/open-file.ts';
import { putFile } from '../files/put-file.ts';
import { createKey } from '../keys/create-key.ts';
import { listKeys } from '../keys/list-keys.ts';
import { revokeKey } from '../keys/revoke-key.ts';
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
import { purgeProject } from '../projects/purge-project.ts';
import { listHolders } from '../roles/list-holders.ts';
import { listRoles } from '../roles/list-roles.ts';
import { setRole } from '../roles/set-role.ts';
import { deleteRun, restoreRun } from '../runs/delete-run.ts';
import { findRun, findRunByNumber } from '../runs/find-run.ts';
import { listDatasets } from '../runs/list-datasets.ts';
import { listFields } from '../runs/list-fields.ts';
import { logBatch } from '../runs/log-batch.ts';
import { logInputs, logOutputs } from '../runs/log-inputs.ts';
import { purgeRun } from '../runs/purge-run.ts';
import { searchRuns } from '../runs/search-runs.ts';
import { startRun } from '../runs/start-run.ts';
import { surveyRuns } from '../runs/survey-runs.ts';
import { untagRun } from '../runs/untag-run.ts';
import { updateRun } from '../runs/update-run.ts';
import { chartSeries } from '../series/chart-series.ts';
import { readPointsOfRuns } from '../series/read-points-of-runs.ts';
import { readPoints } from '../series/read-points.ts';
import { endOtherSessions, endSession } from '../sessions/end-sessions.ts';
import { createTeam } from '../teams/create-team.ts';
import { deleteTeam } from '../teams/delete-team.ts';
import { listTeams } from '../teams/list-teams.ts';
import { updateTeam } from '../teams/update-team.ts';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { LOCAL_OWNER, type Principal } from './principal.ts';
import { visibleEvents } from './visible-events.ts';

const NOBODY: Principal = { kind: 'user', id: 'nobody', grants: [] };
const VIEWER: Principal = {
  kind: 'user',
  id: 'ana',
  grants: [{ scope: 'workspace', workspace: DEFAULT_WORKSPACE, role: 'viewer' }],
};

const account = accountId('u-00000000000000aa');
const team = teamId('t-00000000000000bb');
const key = keyId('k-00000000000000cc');
/** Who works through a key that lets less through than his account may. */
const ADMIN: Principal = { kind: 'user', id: account, grants: [{ scope: 'server', role: 'admin' }] };
const READING_KEY: Principal = { ...ADMIN, limit: { role: 'viewer' } };
const KEY_OF_OTHERS: Principal = { ...ADMIN, limit: { role: 'admin', projects: [projectId('7')] } };
const EDITOR: Principal = { ...ADMIN, grants: [{ scope: 'server', role: 'editor' }] };
const ADMIN_OF_OTHERS: Principal = {
  ...ADMIN,
  grants: [{ scope: 'project', project: projectId('7'), role: 'admin' }],
};
const WITHOUT_ROLE: Principal = { ...ADMIN, grants: [] };

interface Ids {
  readonly run: RunId;
  readonly model: ModelId;
  readonly project: ProjectId;
}
const THERE: Ids = {
  run: runId('a'.repeat(32)),
  model: modelId(`m-${'b'.repeat(32)}`),
  project: DEFAULT_PROJECT,
};
const NOT_THERE: Ids = {
  run: runId('c'.repeat(32)),
  model: modelId(`m-${'c'.repeat(32)}`),
  project: projectId('99'),
};
const workspace = DEFAULT_WORKSPACE;
const loose = { kind: 'loose' } as const;
const limit = 10;

const store = memoryStore();
let bytesRead = 0;
const ports: Ports = {
  ...store,
  clock: { now: () => 1_000 },
  ids: {
    runId: () => THERE.run,
    modelId: () => THERE.model,
    accountId: () => account,
    teamId: () => team,
    keyId: () => key,
    registeredModelId: () => registeredModelId(`rm-${'0'.repeat(32)}`),
    promotionId: () => promotionId(`pr-${'0'.repeat(32)}`),
    deploymentId: () => deploymentId(`d-${'0'.repeat(32)}`),
    name: () => 'calm-otter-1',
  },
  secrets: quickSecrets(),
};
async function* bytes(): AsyncGenerator<Uint8Array> {
  bytesRead += 1;
  yield new Uint8Array([1]);
}

type UseCase = (ports: Ports, who: Principal) => Promise<unknown>;

/** Use-cases that read, over things that are there or are not. */
function readsOf({ run, model, project }: Ids): Record<string, UseCase> {
  const owner = { kind: 'run', run } as const;
  const ofModel = { kind: 'model', model } as const;
  return {
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
    bestRuns: (all, who) => bestRuns(all, who, { project, limit }),
    findObjective: (all, who) => findObjective(all, who, { project }),
    'findLineage of a run': (all, who) =>
      findLineage(all, who, { workspace, root: `run ${run}`, up: 1, down: 1, limit }),
  };
}

/** Use-cases that write what is in projects, likewise. */
function writesOf({ run, model, project }: Ids): Record<string, UseCase> {
  const owner = { kind: 'run', run } as const;
  return {
    putFile: (all, who) => putFile(all, who, { owner, path: 'f', bytes: bytes() }),
    'putFile of loose paths': (all, who) => putFile(all, who, { owner: loose, path: 'f', bytes: bytes() }),
    beginUpload: (all, who) => beginUpload(all, who, { owner, path: 'f', partCount: 1 }),
    completeUpload: (all, who) => completeUpload(all, who, { owner, path: 'f', upload: 'upload', parts: [] }),
    abortUpload: (all, who) => abortUpload(all, who, { owner, path: 'f', upload: 'upload' }),
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
    purgeProject: (all, who) => purgeProject(all, who, { project }),
    tagProject: (all, who) => tagProject(all, who, { project, tags: [] }),
    untagProject: (all, who) => untagProject(all, who, { project, key: 'k' }),
    declareObjective: (all, who) => declareObjective(all, who, { project, objective: null }),
    startRun: (all, who) => startRun(all, who, { project, wire: 'native' }),
    'startRun of a run that is there': (all, who) => startRun(all, who, { project, wire: 'native', id: run }),
    logBatch: (all, who) => logBatch(all, who, { run }),
    logInputs: (all, who) => logInputs(all, who, { run, datasets: [], models: [] }),
    logOutputs: (all, who) => logOutputs(all, who, { run, models: [] }),
    produceArtifact: (all, who) => produceArtifact(all, who, { run, type: 'table', name: 't' }),
    useArtifact: (all, who) => useArtifact(all, who, { run, type: 'table', name: 't' }),
    untagRun: (all, who) => untagRun(all, who, { run, key: 'k' }),
    updateRun: (all, who) => updateRun(all, who, { run, status: 'finished' }),
    deleteRun: (all, who) => deleteRun(all, who, { run }),
    restoreRun: (all, who) => restoreRun(all, who, { run }),
    purgeRun: (all, who) => purgeRun(all, who, { run }),
    'setRole at a project': (all, who) =>
      setRole(all, who, {
        holder: { kind: 'account', id: account },
        place: { scope: 'project', project },
        role: 'viewer',
      }),
    'listRoles of a project': (all, who) => listRoles(all, who, { project }),
    'listHolders for a project': (all, who) => listHolders(all, who, { project }),
  };
}

const holder = { kind: 'account', id: account } as const;

/** Use-cases of the server's admin. */
const ADMINISTRATION: Record<string, UseCase> = {
  listAccounts: (all, who) => listAccounts(all, who),
  createAccount: (all, who) => createAccount(all, who, { kind: 'service', name: 'bot' }),
  updateAccount: (all, who) => updateAccount(all, who, { account, displayName: 'Ana' }),
  inviteAccount: (all, who) => inviteAccount(all, who, { account }),
  setPassword: (all, who) => setPassword(all, who, { account, password: 'a long new password' }),
  'listKeys of all': (all, who) => listKeys(all, who, { account: 'all' }),
  'listKeys of somebody else': (all, who) => listKeys(all, who, { account: accountId('u-00000000000000ff') }),
  'createKey for somebody else': (all, who) =>
    createKey(all, who, { account: accountId('u-00000000000000ff'), name: 'k', role: 'viewer' }),
  'revokeKey of somebody else': (all, who) => revokeKey(all, who, { key: keyId('k-00000000000000ff') }),
  listTeams: (all, who) => listTeams(all, who),
  createTeam: (all, who) => createTeam(all, who, { name: 'vision', members: [] }),
  updateTeam: (all, who) => updateTeam(all, who, { team, name: 'speech' }),
  deleteTeam: (all, who) => deleteTeam(all, who, { team }),
  listRoles: (all, who) => listRoles(all, who),
  listHolders: (all, who) => listHolders(all, who),
  createWorkspace: (all, who) => createWorkspace(all, who, { workspace: workspaceId('vision') }),
  setRole: (all, who) => setRole(all, who, { holder, place: { scope: 'server' }, role: 'admin' }),
  'setRole at a workspace': (all, who) =>
    setRole(all, who, { holder, place: { scope: 'workspace', workspace }, role: 'admin' }),
  listAudit: (all, who) => listAudit(all, who, { limit }),
  verifyAudit: (all, who) => verifyAudit(all, who),
};

/** What an account does with itself. */
const OWN_AFFAIRS: Record<string, UseCase> = {
  changePassword: (all, who) => changePassword(all, who, { current: 'x', password: 'a long new password' }),
  updateOwnAccount: (all, who) => updateOwnAccount(all, who, { displayName: 'Ana' }),
  createKey: (all, who) => createKey(all, who, { name: 'k', role: 'viewer' }),
  endSession: (all, who) => endSession(all, who, { session: sessionId(`s-${'0'.repeat(16)}`) }),
  endOtherSessions: (all, who) => endOtherSessions(all, who, {}),
  revokeKey: (all, who) => revokeKey(all, who, { key }),
};

const READS = readsOf(THERE);
const WRITES = writesOf(THERE);

beforeAll(async () => {
  await startRun(ports, LOCAL_OWNER, {
    project: THERE.project,
    wire: 'native',
    tags: [{ key: 'k', value: 'v' }],
  });
  await createModel(ports, LOCAL_OWNER, { project: THERE.project, sourceRun: THERE.run });
  await putFile(ports, LOCAL_OWNER, { owner: { kind: 'run', run: THERE.run }, path: 'f', bytes: bytes() });
  bytesRead = 0;
  await createAccount(ports, LOCAL_OWNER, { kind: 'user', name: 'ana' });
  await createKey(ports, WITHOUT_ROLE, { name: 'laptop', role: 'editor' });
});

/** How each of them is refused, before anything is changed or a body is read. */
async function refusals(useCase: UseCase, all: readonly Principal[]): Promise<Set<unknown>> {
  const before = store.feed.latest();
  const codes = new Set<unknown>();
  for (const who of all) {
    const outcome: unknown = await useCase(ports, who).catch((error: unknown) => error);
    codes.add(outcome instanceof Fault ? outcome.code : outcome);
  }
  expect(store.feed.latest()).toBe(before);
  expect(bytesRead).toBe(0);
  return codes;
}

const FORBIDDEN = new Set(['forbidden']);
const IN_PROJECTS = Object.entries({ ...READS, ...WRITES });

test.each(IN_PROJECTS)('%s is forbidden without a grant, or with one elsewhere', async (_, useCase) => {
  expect(await refusals(useCase, [NOBODY, WITHOUT_ROLE, ADMIN_OF_OTHERS, KEY_OF_OTHERS])).toEqual(FORBIDDEN);
});

test.each(Object.entries(WRITES))('%s is forbidden to a viewer', async (_, useCase) => {
  expect(await refusals(useCase, [VIEWER, READING_KEY])).toEqual(FORBIDDEN);
});

test.each(Object.entries(READS))('%s is open to a viewer', async (_, useCase) => {
  for (const who of [VIEWER, READING_KEY]) await expect(useCase(ports, who)).resolves.toBeDefined();
});

test.each(Object.entries(ADMINISTRATION))('%s is for admins of the server', async (_, useCase) => {
  const others = [NOBODY, VIEWER, EDITOR, ADMIN_OF_OTHERS, READING_KEY, KEY_OF_OTHERS];
  expect(await refusals(useCase, others)).toEqual(FORBIDDEN);
});

test.each(Object.entries(OWN_AFFAIRS))(
  '%s is for accounts, not for keys that read or are of projects',
  async (_, useCase) => {
    // The owner of local mode has no account; as an admin he may revoke any key.
    const limited = [READING_KEY, KEY_OF_OTHERS];
    const others = useCase === OWN_AFFAIRS['revokeKey'] ? limited : [LOCAL_OWNER, ...limited];
    expect(await refusals(useCase, others)).toEqual(FORBIDDEN);
  },
);

const WITHOUT = { ...readsOf(NOT_THERE), ...writesOf(NOT_THERE) };

test.each(IN_PROJECTS)(
  '%s refuses what is not there as it refuses what is not his',
  async (name, useCase) => {
    for (const who of [WITHOUT_ROLE, ADMIN_OF_OTHERS, KEY_OF_OTHERS]) {
      const theirs: unknown = await useCase(ports, who).catch((error: unknown) => error);
      const missing: unknown = await WITHOUT[name]?.(ports, who).catch((error: unknown) => error);
      expect(missing).toEqual(theirs);
    }
  },
);

test.each(IN_PROJECTS)(
  '%s refuses whoever has a role in another workspace as if nothing were there',
  async (name, useCase) => {
    const place = { scope: 'workspace', workspace: workspaceId('away') } as const;
    const away: Principal = { ...ADMIN, grants: [{ ...place, role: 'admin' }] };
    const refusal = async (asked: UseCase | undefined): Promise<unknown> => {
      const fault: unknown = await asked?.(ports, away).catch((error: unknown) => error);
      return fault instanceof Fault ? { code: fault.code, details: fault.details } : fault;
    };
    const theirs = await refusal(useCase);
    expect(theirs).toMatchObject({ code: expect.stringMatching(/^(forbidden|not_found)$/) });
    expect(await refusal(WITHOUT[name])).toEqual(theirs);
  },
);

test.each(Object.keys(READS).filter((name) => !name.includes('loose') && name !== 'findProjectByName'))(
  '%s tells a viewer of the workspace what is not there',
  async (name) => {
    await expect(WITHOUT[name]?.(ports, VIEWER)).rejects.toMatchObject({ code: 'not_found' });
  },
);

test('live events tell of what may be read', async () => {
  const events = store.feed.since(0) ?? [];
  const heardBy = async (who: Principal) => {
    const visible = await visibleEvents(ports, who)(events);
    expect(visible.map((event) => event.sequence)).toEqual(events.map((event) => event.sequence));
    return visible.flatMap((event) => [...event.runs.map((touched) => touched.run), ...event.models]);
  };
  expect(new Set(await heardBy(VIEWER))).toEqual(new Set([THERE.run]));
  expect(new Set(await heardBy(READING_KEY))).toEqual(new Set([THERE.run, THERE.model]));
  for (const who of [NOBODY, WITHOUT_ROLE, ADMIN_OF_OTHERS, KEY_OF_OTHERS]) {
    expect(await heardBy(who)).toEqual([]);
  }
});

test('a search finds nothing without a grant, and counts nothing', async () => {
  const nothing = { items: [], total: 0 };
  const search = { filter: '', order: [], limit };
  expect(await searchRuns(ports, NOBODY, { ...search, projects: [THERE.project], view: 'all' })).toEqual(
    nothing,
  );
  expect(await searchModels(ports, NOBODY, { ...search, projects: [THERE.project] })).toEqual(nothing);
  expect(await searchProjects(ports, NOBODY, { workspace, view: 'all', limit })).toEqual(nothing);
  expect(await surveyProjects(ports, NOBODY, { workspace, view: 'all' })).toEqual([]);
  expect(await surveyRuns(ports, NOBODY)).toEqual({ training: [], recent: [], projects: [], best: [] });
  const items = [{ run: THERE.run, metric: 'm' }];
  expect(await chartSeries(ports, NOBODY, { items, x: 'step', pixels: 100 })).toEqual([]);
  expect(await listProduction(ports, NOBODY, { workspace, limit })).toEqual({ production: [], total: 0 });
  expect(await listDatasets(ports, NOBODY, { projects: [THERE.project], limit })).toEqual([]);
  const histories = readPointsOfRuns(ports, NOBODY, { runs: [THERE.run], metric: 'm' });
  expect((await histories.next()).value).toBe(undefined);
});

test('a viewer finds what is there', async () => {
  const found = await searchRuns(ports, VIEWER, {
    projects: [THERE.project],
    filter: '',
    order: [],
    view: 'all',
    limit,
  });
  expect(found.total).toBe(1);
  const histories = readPointsOfRuns(ports, VIEWER, { runs: [THERE.run], metric: 'm' });
  expect((await histories.next()).value).toMatchObject({ run: THERE.run });
});
