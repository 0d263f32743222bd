import { DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { deleteProject } from '#core/tracking/projects/change-project.ts';
import { deleteRun } from '#core/tracking/runs/delete-run.ts';
import { createWorkspace } from '#core/tracking/workspaces/create-workspace.ts';
import type { MarkedProject } from './marked-project.ts';
import { REGISTRY_REQUESTS } from './registry-requests.ts';
import { commit, newAccount, type Team } from './team.ts';

/** What a request to a route needs so that somebody who may gets what he asks for. */
export interface Ask {
  /** In place of `:name` and `*`. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** An object travels as JSON, a text as bytes. */
  readonly body?: object | string;
}

/** Built for each request anew: one that changes something finds it unchanged. */
export type AskFor = (ours: MarkedProject, team: Team) => Ask | Promise<Ask>;

const NOTHING: AskFor = () => ({});
const inDefault = () => ({ params: { workspace: DEFAULT_WORKSPACE } });
const ofRun: AskFor = ({ run }) => ({ params: { run } });
const ofProject: AskFor = ({ project }) => ({ params: { project } });
const ofModel: AskFor = ({ model }) => ({ params: { model } });
const fileOfRun: AskFor = ({ run, key: path }) => ({ params: { run }, query: { path } });

/** What MLflow's registry asks for: in the query of a GET, in the body of everything else. */
const askRegistered =
  (more: (ours: MarkedProject) => Readonly<Record<string, string>> = () => ({})): AskFor =>
  (ours) => ({ body: { name: ours.registered, ...more(ours) } });
const readRegistered =
  (more: (ours: MarkedProject) => Readonly<Record<string, string>> = () => ({})): AskFor =>
  (ours) => ({ query: { name: ours.registered, ...more(ours) } });
const FIRST = { version: '1' };

const NATIVE: Readonly<Record<string, AskFor>> = {
  'GET /api/server': NOTHING,
  'POST /api/series/batch': ({ run, key: metric }) => ({ body: { items: [{ run, metric }], pixels: 100 } }),
  'GET /api/workspaces': NOTHING,
  'POST /api/workspaces': () => ({ body: { id: `w-${crypto.randomUUID()}` } }),
  'GET /api/workspaces/:workspace': inDefault,
  'PATCH /api/workspaces/:workspace': () => ({ ...inDefault(), body: { description: 'All of us' } }),
  'DELETE /api/workspaces/:workspace': async (_, { server }) => {
    const workspace = workspaceId(`w-${crypto.randomUUID()}`);
    await createWorkspace(server.ports, LOCAL_OWNER, { workspace });
    return { params: { workspace } };
  },
  'GET /api/projects': NOTHING,
  'POST /api/projects': () => ({ body: { name: `new ${crypto.randomUUID()}` } }),
  'GET /api/projects/:project': ofProject,
  'PATCH /api/projects/:project': ({ project }) => ({ params: { project }, body: { objective: null } }),
  'DELETE /api/projects/:project': ofProject,
  'POST /api/projects/:project/restore': afterDeletingProject(ofProject),
  'POST /api/projects/:project/purge': afterDeletingProject(ofProject),
  'GET /api/projects/:project/fields': ofProject,
  'GET /api/projects/:project/runs/:number': ({ project, number }) => ({ params: { project, number } }),
  'POST /api/runs': ({ project }) => ({ body: { project } }),
  'POST /api/runs/search': ({ project }) => ({ body: { projects: [project] } }),
  'GET /api/runs/:run': ofRun,
  'PATCH /api/runs/:run': ({ run }) => ({ params: { run }, body: { status: 'finished' } }),
  'DELETE /api/runs/:run': ofRun,
  'POST /api/runs/:run/restore': afterDeletingRun(ofRun),
  'POST /api/runs/:run/purge': afterDeletingRun(ofRun),
  'POST /api/runs/:run/log': ({ run }) => ({ params: { run }, body: { tags: [{ key: 'a', value: 'b' }] } }),
  'POST /api/runs/:run/produced': ({ run }) => ({ params: { run }, body: { type: 'table', name: 'rows' } }),
  'POST /api/runs/:run/used': ({ run, dataset: name }) => ({
    params: { run },
    body: { type: 'dataset', name },
  }),
  'DELETE /api/runs/:run/tags/:key': ({ run, key }) => ({ params: { run, key } }),
  'GET /api/runs/:run/points': ({ run, key: metric }) => ({ params: { run }, query: { metric } }),
  'GET /api/runs/:run/models': ofRun,
  'GET /api/home': NOTHING,
  'GET /api/runs/:run/files': ofRun,
  'GET /api/runs/:run/file': fileOfRun,
  'PUT /api/runs/:run/file': ({ run }) => ({ params: { run }, query: { path: 'new' }, body: 'bytes' }),
  'DELETE /api/runs/:run/file': fileOfRun,
  'GET /api/models/:model': ofModel,
  'GET /api/models/:model/files': ofModel,
  'GET /api/models/:model/file': ({ model, key: path }) => ({ params: { model }, query: { path } }),
};

const IDENTITY: Readonly<Record<string, AskFor>> = {
  'GET /api/session': NOTHING,
  'POST /api/setup': () => ({ body: { token: 'none', name: 'eve', password: 'a long password' } }),
  'POST /api/session': () => ({ body: { name: `nobody ${crypto.randomUUID()}`, password: 'wrong' } }),
  'DELETE /api/session': NOTHING,
  'POST /api/invitations/accept': () => ({ body: { token: 'none', password: 'a long password' } }),
  'POST /api/account/password': () => ({ body: { current: 'wrong', password: 'a long password' } }),
  'GET /api/account/sessions': NOTHING,
  'DELETE /api/account/sessions/:session': () => ({ params: { session: `s-${'0'.repeat(16)}` } }),
  'DELETE /api/account/sessions': NOTHING,
  'PATCH /api/account': () => ({ body: { displayName: 'Called Otherwise' } }),
  'GET /api/keys': NOTHING,
  'POST /api/keys': () => ({ body: { name: 'another', role: 'viewer' } }),
  'DELETE /api/keys/:key': async (_, { server, accounts }) => {
    const id = server.ports.ids.keyId();
    const key = {
      id,
      account: accounts['owner'] as never,
      name: 'x',
      prefix: 'cairn-0000',
      role: 'viewer',
    } as const;
    await commit(server.ports, [{ kind: 'create-key', key, hash: server.ports.secrets.hash(id) }]);
    return { params: { key: id } };
  },
  'GET /api/accounts': NOTHING,
  'POST /api/accounts': () => ({ body: { kind: 'service', name: `s-${crypto.randomUUID()}` } }),
  'PATCH /api/accounts/:account': async (_, { server }) => ({
    params: { account: await freshAccount(server.ports) },
    body: { displayName: 'Renamed' },
  }),
  'POST /api/accounts/:account/invitation': async (_, { server }) => ({
    params: { account: await freshAccount(server.ports) },
    body: {},
  }),
  'GET /api/teams': NOTHING,
  'POST /api/teams': () => ({ body: { name: `team ${crypto.randomUUID()}` } }),
  'PATCH /api/teams/:team': async (_, { server }) => ({
    params: { team: await freshTeam(server.ports) },
    body: { members: [] },
  }),
  'DELETE /api/teams/:team': async (_, { server }) => ({ params: { team: await freshTeam(server.ports) } }),
  'GET /api/roles': ({ project }) => ({ query: { project } }),
  'GET /api/holders': ({ project }) => ({ query: { project } }),
  'PUT /api/roles': async ({ project }, { server }) => ({
    body: {
      holder: { kind: 'account', id: await freshAccount(server.ports) },
      place: { scope: 'project', project },
      role: 'viewer',
    },
  }),
  'GET /api/audit': NOTHING,
  'GET /api/audit/verification': NOTHING,
  'GET /api/health': NOTHING,
};

const MLFLOW: Readonly<Record<string, AskFor>> = {
  'PUT /mlflow-artifacts/artifacts/*': (ours) => ({ params: { '*': `${rootOf(ours)}/new` }, body: 'bytes' }),
  'GET /mlflow-artifacts/artifacts/*': (ours) => ({ params: { '*': `${rootOf(ours)}/${ours.key}` } }),
  'DELETE /mlflow-artifacts/artifacts/*': (ours) => ({ params: { '*': `${rootOf(ours)}/${ours.key}` } }),
  'POST /mlflow/upload-artifact': ({ run }) => ({ query: { run_uuid: run, path: 'a.txt' }, body: 'bytes' }),
  'POST /mlflow/users/create': () => ({
    body: { username: `u-${crypto.randomUUID()}`, password: 'a long password' },
  }),
  'GET /mlflow/users/get': async (_, { server }) => ({
    query: { username: await freshName(server.ports) },
  }),
  'PATCH /mlflow/users/update-password': async (_, { server }) => ({
    body: { username: await freshName(server.ports), password: 'a long password' },
  }),
  'PATCH /mlflow/users/update-admin': async (_, { server }) => ({
    body: { username: await freshName(server.ports), is_admin: false },
  }),
  'DELETE /mlflow/users/delete': async (_, { server }) => ({
    body: { username: await freshName(server.ports) },
  }),
  'POST /mlflow/experiments/permissions/create': async ({ project }, { server }) => ({
    body: { experiment_id: project, username: await freshName(server.ports), permission: 'READ' },
  }),
  'GET /mlflow/experiments/permissions/get': ({ project }) => ({
    query: { experiment_id: project, username: 'viewer' },
  }),
  'PATCH /mlflow/experiments/permissions/update': ({ project }) => ({
    body: { experiment_id: project, username: 'viewer', permission: 'READ' },
  }),
  'DELETE /mlflow/experiments/permissions/delete': ({ project }) => ({
    body: { experiment_id: project, username: 'viewer' },
  }),
  'POST /mlflow-artifacts/mpu/create/*': (ours) => ({
    params: { '*': `${rootOf(ours)}/big` },
    body: { path: 'big', num_parts: 1 },
  }),
  'POST /mlflow-artifacts/mpu/complete/*': (ours) => ({
    params: { '*': `${rootOf(ours)}/big` },
    body: { path: 'big', upload_id: 'none', parts: [] },
  }),
  'POST /mlflow-artifacts/mpu/abort/*': (ours) => ({
    params: { '*': `${rootOf(ours)}/big` },
    body: { path: 'big', upload_id: 'none' },
  }),
  'PUT /mlflow-artifacts/mpu/parts/:upload_id/:part_number': () => ({
    params: { upload_id: 'none', part_number: 1 },
    body: 'bytes',
  }),
  'GET /mlflow/get-artifact': ({ run, key: path }) => ({ query: { run_id: run, path } }),
  'POST /mlflow/experiments/create': () => ({ body: { name: `new ${crypto.randomUUID()}` } }),
  'POST /mlflow/experiments/delete-experiment-tag': ({ project, key }) => ({
    body: { experiment_id: project, key },
  }),
  'POST /mlflow/experiments/delete': ({ project }) => ({ body: { experiment_id: project } }),
  'GET /mlflow/experiments/get-by-name': ({ name }) => ({ query: { experiment_name: name } }),
  'GET /mlflow/experiments/get': ({ project }) => ({ query: { experiment_id: project } }),
  'POST /mlflow/experiments/restore': afterDeletingProject(({ project }) => ({
    body: { experiment_id: project },
  })),
  'POST /mlflow/experiments/search-datasets': ({ project }) => ({ body: { experiment_ids: [project] } }),
  'GET /mlflow/experiments/search': () => ({ query: { max_results: 50_000 } }),
  'POST /mlflow/experiments/search': () => ({ body: { max_results: 50_000 } }),
  'POST /mlflow/experiments/set-experiment-tag': ({ project }) => ({
    body: { experiment_id: project, key: 'a', value: 'b' },
  }),
  'POST /mlflow/experiments/update': ({ project }) => ({
    body: { experiment_id: project, new_name: `renamed ${crypto.randomUUID()}` },
  }),
  'POST /mlflow/runs/create': ({ project }) => ({ body: { experiment_id: project } }),
  'POST /mlflow/runs/delete': ({ run }) => ({ body: { run_id: run } }),
  'POST /mlflow/runs/delete-tag': ({ run, key }) => ({ body: { run_id: run, key } }),
  'GET /mlflow/runs/get': ({ run }) => ({ query: { run_id: run } }),
  'POST /mlflow/runs/log-batch': ({ run }) => ({ body: { run_id: run, tags: [{ key: 'a', value: 'b' }] } }),
  'POST /mlflow/runs/log-inputs': ({ run }) => ({
    body: {
      run_id: run,
      datasets: [{ dataset: { name: 'd', digest: '1', source_type: 'local', source: '{}' } }],
    },
  }),
  'POST /mlflow/runs/log-metric': ({ run }) => ({
    body: { run_id: run, key: 'm', value: 1, timestamp: 1, step: 1 },
  }),
  'POST /mlflow/runs/log-model': ({ run }) => ({
    body: {
      run_id: run,
      model_json: JSON.stringify({
        artifact_path: 'm',
        run_id: run,
        utc_time_created: '2026-01-01',
        flavors: { x: {} },
      }),
    },
  }),
  'POST /mlflow/runs/outputs': ({ run, model }) => ({ body: { run_id: run, models: [{ model_id: model }] } }),
  'POST /mlflow/runs/log-parameter': ({ run }) => ({ body: { run_id: run, key: 'p', value: '1' } }),
  'POST /mlflow/runs/restore': afterDeletingRun(({ run }) => ({ body: { run_id: run } })),
  'POST /mlflow/runs/search': ({ project }) => ({ body: { experiment_ids: [project] } }),
  'POST /mlflow/runs/set-tag': ({ run }) => ({ body: { run_id: run, key: 'a', value: 'b' } }),
  'POST /mlflow/runs/update': ({ run }) => ({ body: { run_id: run, status: 'FINISHED' } }),
  'GET /mlflow/metrics/get-history-bulk-interval': ({ run, key }) => ({
    query: { run_ids: run, metric_key: key, max_results: 100 },
  }),
  'GET /mlflow/metrics/get-history-bulk': ({ run, key }) => ({ query: { run_id: run, metric_key: key } }),
  'GET /mlflow/metrics/get-history': ({ run, key }) => ({ query: { run_id: run, metric_key: key } }),
  'POST /mlflow/logged-models': ({ project }) => ({ body: { experiment_id: project, name: 'm' } }),
  'DELETE /mlflow/logged-models/:model_id/tags/:tag_key': ({ model, key }) => ({
    params: { model_id: model, tag_key: key },
  }),
  'DELETE /mlflow/logged-models/:model_id': ({ model }) => ({ params: { model_id: model } }),
  'PATCH /mlflow/logged-models/:model_id': ({ model }) => ({
    params: { model_id: model },
    body: { model_id: model, status: 'LOGGED_MODEL_READY' },
  }),
  'GET /mlflow/logged-models/:model_id': ({ model }) => ({ params: { model_id: model } }),
  'GET /mlflow/logged-models/:model_id/artifacts/directories': ({ model }) => ({
    params: { model_id: model },
  }),
  'GET /mlflow/logged-models/:model_id/artifacts/files': ({ model, key }) => ({
    params: { model_id: model },
    query: { artifact_file_path: key },
  }),
  'POST /mlflow/logged-models/:model_id/params': ({ model }) => ({
    params: { model_id: model },
    body: { params: [{ key: 'p', value: '1' }] },
  }),
  'POST /mlflow/logged-models/search': ({ project }) => ({ body: { experiment_ids: [project] } }),
  'PATCH /mlflow/logged-models/:model_id/tags': ({ model }) => ({
    params: { model_id: model },
    body: { tags: [{ key: 'a', value: 'b' }] },
  }),
  'POST /mlflow/registered-models/create': () => ({ body: { name: `new ${crypto.randomUUID()}` } }),
  'GET /mlflow/registered-models/get': readRegistered(),
  'POST /mlflow/registered-models/rename': askRegistered(() => ({
    new_name: `renamed ${crypto.randomUUID()}`,
  })),
  'PATCH /mlflow/registered-models/update': askRegistered(() => ({ description: 'new' })),
  'DELETE /mlflow/registered-models/delete': askRegistered(),
  'GET /mlflow/registered-models/search': () => ({ query: { max_results: 1000 } }),
  'GET /mlflow/registered-models/get-latest-versions': readRegistered(),
  'POST /mlflow/registered-models/get-latest-versions': askRegistered(),
  'POST /mlflow/registered-models/set-tag': askRegistered(() => ({ key: 'a', value: 'b' })),
  'DELETE /mlflow/registered-models/delete-tag': askRegistered(({ key }) => ({ key })),
  'POST /mlflow/registered-models/alias': askRegistered(() => ({ alias: 'new', ...FIRST })),
  'GET /mlflow/registered-models/alias': readRegistered(({ key }) => ({ alias: key })),
  'DELETE /mlflow/registered-models/alias': askRegistered(({ key }) => ({ alias: key })),
  'POST /mlflow/model-versions/create': askRegistered(({ model }) => ({ source: `models:/${model}` })),
  'GET /mlflow/model-versions/get': readRegistered(() => FIRST),
  'PATCH /mlflow/model-versions/update': askRegistered(() => ({ ...FIRST, description: 'new' })),
  'DELETE /mlflow/model-versions/delete': askRegistered(() => FIRST),
  'GET /mlflow/model-versions/search': () => ({ query: { max_results: 1000 } }),
  'GET /mlflow/model-versions/get-download-uri': readRegistered(() => FIRST),
  'POST /mlflow/model-versions/transition-stage': askRegistered(() => ({ ...FIRST, stage: 'Staging' })),
  'POST /mlflow/model-versions/set-tag': askRegistered(() => ({ ...FIRST, key: 'a', value: 'b' })),
  'DELETE /mlflow/model-versions/delete-tag': askRegistered(({ key }) => ({ ...FIRST, key })),
  'GET /mlflow/model-versions/get-artifact': readRegistered(({ key: path }) => ({ ...FIRST, path })),
  'GET /mlflow/artifacts/list': ({ run }) => ({ query: { run_id: run } }),
  'GET /mlflow-artifacts/artifacts': (ours) => ({ query: { path: rootOf(ours) } }),
  'GET /mlflow/server-info': NOTHING,
};

const SERVER: Readonly<Record<string, AskFor>> = {
  'GET /get-artifact': ({ run, key: path }) => ({ query: { run_id: run, path } }),
  'GET /model-versions/get-artifact': readRegistered(({ key: path }) => ({ ...FIRST, path })),
  'GET /metrics': NOTHING,
  'GET /version': NOTHING,
  'GET /health': NOTHING,
  'GET /ready': NOTHING,
  'GET /api/openapi.json': NOTHING,
  'GET /': NOTHING,
};

/** By method and route; of MLflow's routes without `/api/2.0`, as each is served below several such prefixes. */
export const REQUESTS: Readonly<Record<string, AskFor>> = {
  ...NATIVE,
  ...REGISTRY_REQUESTS,
  ...IDENTITY,
  ...MLFLOW,
  ...SERVER,
};

function afterDeletingRun(ask: AskFor): AskFor {
  return async (ours, team) => {
    await deleteRun(team.server.ports, LOCAL_OWNER, { run: ours.run });
    return ask(ours, team);
  };
}

function afterDeletingProject(ask: AskFor): AskFor {
  return async (ours, team) => {
    await deleteProject(team.server.ports, LOCAL_OWNER, { project: ours.project });
    return ask(ours, team);
  };
}

function rootOf({ project, run }: MarkedProject): string {
  return `${project}/${run}/artifacts`;
}

async function freshAccount(ports: Ports): Promise<string> {
  const id = ports.ids.accountId();
  await commit(ports, [newAccount(id, `fresh-${id}`)]);
  return id;
}

async function freshName(ports: Ports): Promise<string> {
  return `fresh-${await freshAccount(ports)}`;
}

async function freshTeam(ports: Ports): Promise<string> {
  const id = ports.ids.teamId();
  await commit(ports, [{ kind: 'create-team', team: { id, name: id, members: [] } }]);
  return id;
}
