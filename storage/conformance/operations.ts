// Arbitrary commits over a small world, so that they collide: the same few projects, runs, models, keys and paths.
import fc from 'fast-check';
import { sessionOf } from '#core/domain/account.ts';
import { DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { SeriesOwner } from '#core/domain/point.ts';
import type { Change, Commit } from '#core/tracking/ports/change.ts';
import { registryChange } from './registry-operations.ts';
import {
  AT,
  commitOf,
  createModel,
  createProject,
  createRun,
  createWorkspace,
  digestOf,
  logPoints,
  modelIdOf,
  putFile,
  runIdOf,
} from './sample-changes.ts';
import {
  accountIdOf,
  audit,
  createKey,
  createService,
  createTeam,
  createUser,
  giveRole,
  keyIdOf,
  secretHashOf,
  teamIdOf,
} from './sample-identity.ts';
import { askPromotion, createRegistered, registerVersion, startDeployment } from './sample-registry.ts';

export const PROJECTS = ['0', '1', '2', 'a'] as ProjectId[];
export const RUNS = [1, 2, 3].map(runIdOf);
export const MODELS = [1, 2].map(modelIdOf);
export const METRICS = ['loss', 'val_auc', '__proto__'];
export const WORKSPACES = [DEFAULT_WORKSPACE, workspaceId('team')];
export const TREES: readonly TreeOwner[] = [
  ...RUNS.map((run) => ({ kind: 'run', run }) as const),
  ...MODELS.map((model) => ({ kind: 'model', model }) as const),
  { kind: 'loose' },
];
export const OWNERS: readonly SeriesOwner[] = [
  ...RUNS.map((run) => ({ kind: 'run', run }) as const),
  ...MODELS.map((model) => ({ kind: 'model', model, run: runIdOf(1) }) as const),
  { kind: 'model', model: modelIdOf(1), run: runIdOf(2), dataset: { name: 'digits', digest: 'd1' } },
];

const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const project = oneOf(PROJECTS);
const run = oneOf(RUNS);
const model = oneOf(MODELS);
const name = oneOf(['Default', 'x', 'ü🎉']);
const text = oneOf(['', '1', '2', RUNS[0] as string, 'max val_auc', 'best']);
const key = oneOf([
  'k',
  '__proto__',
  'constructor',
  'mlflow.runName',
  'mlflow.parentRunId',
  'cairn.objective',
]);
const tag = fc.record({ key, value: text });
const tags = fc.array(tag, { maxLength: 3 });
const objective = fc.record({
  metric: oneOf(METRICS),
  direction: oneOf(['min', 'max'] as const),
  aggregate: oneOf(['last', 'min', 'max'] as const),
  origin: oneOf(['declared', 'inferred'] as const),
});
const status = oneOf(['scheduled', 'running', 'finished', 'failed', 'killed'] as const);
const params = fc.array(
  fc.record({
    key,
    value: fc.record({ text, type: oneOf(['string', 'number', 'boolean', 'null'] as const) }),
  }),
  { maxLength: 3 },
);
const edges = fc.array(fc.record({ model, step: fc.integer({ min: -2, max: 2 }) }), { maxLength: 2 });
const datasets = fc.array(
  fc.record({
    dataset: fc.record({
      name: oneOf(['digits', 'iris']),
      digest: oneOf(['d1', 'd2']),
      sourceType: oneOf(['local', 'http']),
      source: text,
    }),
    tags: tags.map((pairs) => new Map(pairs.map((pair) => [pair.key, pair.value]))),
  }),
  { maxLength: 2 },
);
const path = oneOf(['a', 'a/b', 'a/b/c', 'a-/b', 'b', '🎉/c', '\uffee/c']);
const tree = oneOf(TREES);
const blobs = fc.array(fc.integer({ min: 1, max: 3 }).map(digestOf), { maxLength: 2 });
const points = fc.array(
  fc.tuple(
    oneOf(METRICS),
    fc.integer({ min: -2, max: 4 }),
    oneOf([NaN, Infinity, -Infinity, 0, -0, 0.5, -1]),
    fc.integer({ min: 0, max: 3 }),
  ),
  { maxLength: 5 },
);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('create-workspace'),
    workspace: oneOf(WORKSPACES),
    name: text,
    description: text,
  }),
  fc.record(
    { kind: fc.constant('update-workspace'), workspace: oneOf(WORKSPACES), name: text, description: text },
    { requiredKeys: ['kind', 'workspace'] },
  ),
  fc.record({ kind: fc.constant('delete-workspace'), workspace: oneOf(WORKSPACES) }),
  fc
    .record({ id: fc.option(project, { nil: undefined }), workspace: oneOf(WORKSPACES), name, tags })
    .map(({ id, ...rest }): Change => {
      const artifactLocation = 'mlflow-artifacts:/{id}';
      return { kind: 'create-project', artifactLocation, ...rest, ...(id !== undefined && { id }) };
    }),
  fc.record({ kind: fc.constant('rename-project'), project, name }),
  fc.record({ kind: oneOf(['delete-project', 'restore-project'] as const), project }),
  fc.record({ kind: fc.constant('set-project-tags'), project, tags }),
  fc.record({ kind: fc.constant('delete-project-tag'), project, key }),
  fc.record({ kind: fc.constant('set-objective'), project, objective: fc.option(objective) }),
  fc
    .record({ run, project, name, status, startedAt: fc.integer({ min: 0, max: 3 }) })
    .map(({ run: id, ...more }) => createRun(id, more)),
  fc.record(
    {
      kind: fc.constant('update-run'),
      run,
      name,
      status,
      endedAt: fc.option(fc.integer({ min: 0, max: 9 })),
      objective,
    },
    { requiredKeys: ['kind', 'run'] },
  ),
  fc.record({ kind: oneOf(['delete-run', 'restore-run'] as const), run }),
  fc.record({ kind: oneOf(['delete-run', 'purge-run'] as const), run }),
  fc.record({ kind: fc.constant('purge-project'), project, limit: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ kind: oneOf(['condemn-blobs', 'forget-blobs'] as const), blobs }),
  fc.record({
    kind: fc.constant('forget-receipts'),
    before: fc.integer({ min: AT, max: AT + 1001 }),
    limit: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('set-params'), run, params, policy: oneOf(['once', 'overwrite'] as const) }),
  fc.record({ kind: fc.constant('set-tags'), run, tags }),
  fc.record({ kind: fc.constant('delete-tag'), run, key }),
  fc.record({ kind: fc.constant('add-inputs'), run, datasets, models: edges }),
  fc.record({ kind: fc.constant('add-outputs'), run, models: edges }),
  fc.record({
    kind: fc.constant('produce-artifact'),
    run,
    type: oneOf(['table', 'dataset'] as const),
    name: oneOf(['digits', 'iris']),
    folder: oneOf(['', 'a'] as const),
    role: oneOf(['', 'made'] as const),
  }),
  fc.record({
    kind: fc.constant('use-artifact'),
    run,
    type: oneOf(['table', 'dataset'] as const),
    name: oneOf(['digits', 'iris']),
    number: fc.integer({ min: 1, max: 2 }),
    role: oneOf(['', 'made'] as const),
  }),
  fc
    .record({ model, project, params: tags, tags, sourceRun: run })
    .map(({ model: id, ...more }) => createModel(id, more)),
  fc.record(
    {
      kind: fc.constant('finalise-model'),
      model,
      status: oneOf(['pending', 'ready', 'upload_failed'] as const),
      statusMessage: text,
    },
    { requiredKeys: ['kind', 'model', 'status'] },
  ),
  fc.record({ kind: fc.constant('set-model-params'), model, params: tags }),
  fc.record({ kind: fc.constant('set-model-tags'), model, tags }),
  fc.record({ kind: fc.constant('delete-model-tag'), model, key }),
  fc.record({ kind: fc.constant('delete-model'), model }),
  fc
    .tuple(tree, path, fc.integer({ min: 1, max: 3 }))
    .map(([owner, at, blob]) => putFile(owner, at, digestOf(blob))),
  fc.record({ kind: fc.constant('delete-files'), owner: tree, path: fc.oneof(path, fc.constant('')) }),
  { weight: 4, arbitrary: fc.tuple(oneOf(OWNERS), points).map(([owner, rows]) => logPoints(owner, rows)) },
);

const n = fc.integer({ min: 1, max: 3 });
const role = fc.option(oneOf(['viewer', 'editor', 'admin'] as const));
const place = fc.oneof(
  fc.constant({ scope: 'server' } as const),
  oneOf(WORKSPACES).map((at) => ({ scope: 'workspace', workspace: at }) as const),
  project.map((at) => ({ scope: 'project', project: at }) as const),
);
const members = fc.array(n, { maxLength: 3 });
const hash = n.map(secretHashOf);
const session = hash.map(sessionOf);
const account = n.map(accountIdOf);
const until = fc.integer({ min: AT, max: AT + 2000 });

/** Who may log in and what they hold. */
const identityChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(n, oneOf(['user-1', 'x'])).map(([id, called]) => createUser(id, called)),
  n.map((id) => createService(id)),
  fc.record(
    { kind: fc.constant('update-account'), account, displayName: text, isDisabled: fc.boolean() },
    { requiredKeys: ['kind', 'account'] },
  ),
  fc.record({ kind: fc.constant('set-password'), account, phc: text }),
  fc.tuple(n, n).map(([id, of]) => createKey(id, of)),
  fc.record({ kind: oneOf(['revoke-key', 'touch-key'] as const), key: n.map(keyIdOf) }),
  fc.tuple(n, members, oneOf(['t', 'u'])).map(([id, all, called]) => createTeam(id, all, called)),
  fc.record({
    kind: fc.constant('update-team'),
    team: n.map(teamIdOf),
    members: members.map((all) => all.map(accountIdOf)),
  }),
  fc.record({ kind: fc.constant('delete-team'), team: n.map(teamIdOf) }),
  fc.tuple(fc.oneof(account, n.map(teamIdOf)), role, place).map((given) => giveRole(...given)),
  fc.record(
    { kind: fc.constant('open-session'), hash, account, expiresAt: until, address: text, agent: text },
    { requiredKeys: ['kind', 'hash', 'account', 'expiresAt'] },
  ),
  fc.record({ kind: oneOf(['touch-session', 'end-session'] as const), session }),
  fc.record(
    { kind: fc.constant('end-sessions'), account, but: session },
    { requiredKeys: ['kind', 'account'] },
  ),
  fc.record(
    { kind: fc.constant('create-invitation'), hash, account, expiresAt: until },
    { requiredKeys: ['kind', 'hash', 'expiresAt'] },
  ),
  fc.record({ kind: fc.constant('use-invitation'), hash }),
  tags.map((pairs) => audit('run', Object.fromEntries(pairs.map((pair) => [pair.key, pair.value])))),
);

/** What is there before, so that most commits find what they change. */
export const PRELUDE: Commit = commitOf([
  createWorkspace('team'),
  createProject('x', 'a'),
  createRun(runIdOf(1)),
  createRun(runIdOf(2), { project: 'a' as ProjectId }),
  createModel(modelIdOf(1), { sourceRun: runIdOf(1) }),
  createUser(1),
  giveRole(accountIdOf(1), 'admin'),
  createRegistered(),
  registerVersion({ run: runIdOf(1), loggedModel: modelIdOf(1) }),
  registerVersion({ run: runIdOf(2) }),
  askPromotion(1, 1),
  startDeployment(1, 1),
]);

/** Commits that are asked for at once; all at one time, because points that share a group share its time. */
export const commitsAtOnce: fc.Arbitrary<readonly Commit[]> = fc
  .tuple(
    fc.integer({ min: 0, max: 1000 }),
    fc.array(
      fc.record(
        {
          changes: fc.array(
            fc.oneof({ weight: 3, arbitrary: change }, identityChange, {
              weight: 2,
              arbitrary: registryChange,
            }),
            { maxLength: 4 },
          ),
          actor: fc.record({ kind: oneOf(['user', 'service'] as const), id: oneOf(['ada', 'bob']) }),
          once: oneOf(['one', 'two']),
        },
        { requiredKeys: ['changes', 'actor'] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([later, commits]) => commits.map((commit): Commit => ({ ...commit, at: AT + later })));
