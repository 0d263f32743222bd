// Arbitrary changes of the registry over the same small world as operations.ts.
import fc from 'fast-check';
import { EVALUATES_TAG } from '#core/domain/evaluation.ts';
import { workspaceId, DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { PromotionTarget } from '#core/domain/registry.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import { AT, modelIdOf, runIdOf, setTags } from './sample-changes.ts';
import {
  alias,
  CHURN,
  createRegistered,
  deploymentIdOf,
  PASSED,
  promote,
  promotionIdOf,
  REFUSED,
  registeredIdOf,
  registerVersion,
  stage,
  versionOf,
} from './sample-registry.ts';

export const REGISTERED = [1, 2].map(registeredIdOf);
export const VERSIONS = REGISTERED.flatMap((model) => [1, 2, 3].map((number) => versionOf(number, model)));
export const PROMOTIONS = [1, 2, 3].map(promotionIdOf);
export const DEPLOYMENTS = [1, 2, 3].map(deploymentIdOf);
export const REGISTERED_NAMES = ['churn', 'ü🎉/b'];
export const TAG_KEYS = ['k', '__proto__'];

const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const n = fc.integer({ min: 1, max: 2 });
// Mostly what is there from the beginning: a refusal takes all of its commit with it.
const model = fc.oneof({ weight: 4, arbitrary: fc.constant(CHURN) }, oneOf(REGISTERED));
const version = fc.oneof(
  { weight: 4, arbitrary: oneOf([1, 2].map((number) => versionOf(number))) },
  oneOf(VERSIONS),
);
const promotion = fc.oneof({ weight: 2, arbitrary: fc.constant(promotionIdOf(1)) }, oneOf(PROMOTIONS));
const name = oneOf(REGISTERED_NAMES);
const text = oneOf(['', 'why', 'ü🎉']);
const key = oneOf(TAG_KEYS);
const tags = fc.array(fc.record({ key, value: text }), { maxLength: 2 });
const target: fc.Arbitrary<PromotionTarget> = oneOf([
  alias('champion'),
  alias('__proto__'),
  stage('production'),
  stage('none'),
  stage('archived'),
]);
const checks = oneOf([[], [PASSED, REFUSED]]);
const revision = fc.integer({ min: 2, max: 5 });
const run = oneOf([1, 2, 3].map(runIdOf));
const loggedModel = oneOf([1, 2].map(modelIdOf));
const time = fc.integer({ min: AT, max: AT + 3 });
const objective = fc.constant({
  metric: 'loss',
  direction: 'min',
  aggregate: 'last',
  origin: 'declared',
} as const);
const gates = fc.subarray([
  { target: alias('champion'), checks: [{ kind: 'metric', metric: 'auc', bound: 0.5 }] },
  { target: stage('production'), checks: [], approval: { role: 'admin', count: 2 } },
] as const);
const owner = fc.oneof(
  run.map((id) => ({ kind: 'run', run: id }) as const),
  loggedModel.map((id) => ({ kind: 'model', model: id }) as const),
  fc.constant({ kind: 'loose' } as const),
);
const evaluation = fc.record(
  {
    metric: oneOf(['auc', '__proto__']),
    value: oneOf([0, -0, 0.1, -1e300, 5e-324]),
    environment: oneOf(['development', 'production']),
    at: time,
    dataset: fc.record(
      { name: oneOf(['digits', 'iris']), digest: oneOf(['d1', 'd2']) },
      { requiredKeys: ['name'] },
    ),
    samples: fc.integer({ min: 1, max: 9 }),
    run,
  },
  { requiredKeys: ['metric', 'value', 'environment', 'at'] },
);

const ofModels: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(n, name, oneOf([DEFAULT_WORKSPACE, workspaceId('team')]), tags)
    .map(([id, called, workspace, said]) => createRegistered(id, called, { workspace, tags: said })),
  fc.record(
    { kind: fc.constant('update-registered-model'), model, name, description: text, owner: text },
    { requiredKeys: ['kind', 'model'] },
  ),
  fc.record({ kind: fc.constant('delete-registered-model'), model, reason: text }),
  fc.record({ kind: fc.constant('set-registered-tags'), model, tags }),
  fc.record({ kind: fc.constant('delete-registered-tag'), model, key }),
  fc.record({ kind: fc.constant('declare-gates'), model, gates, reason: text }),
);

const ofVersions: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        model,
        fc.record({ run, loggedModel, objective, description: text }, { requiredKeys: [] }),
        fc.record(
          {
            tags,
            tree: fc.record({ owner, folder: oneOf(['', 'a', 'a/b']) }),
            project: oneOf(['0', 'a']),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([of, said, more]) => registerVersion(said, { ...(more as object), model: of })),
  },
  fc.record(
    {
      kind: fc.constant('update-version'),
      version,
      description: text,
      deprecated: fc.option(fc.record({ reason: text })),
    },
    { requiredKeys: ['kind', 'version'] },
  ),
  fc.record({ kind: fc.constant('delete-version'), version, reason: text }),
  fc.record({ kind: fc.constant('set-version-tags'), version, tags }),
  fc.record({ kind: fc.constant('delete-version-tag'), version, key }),
  fc
    .tuple(run, oneOf(['models:/churn/1', 'models:/churn@champion', 'models:/ü🎉/b/2', 'churn']))
    .map(([of, value]) => setTags(of, { [EVALUATES_TAG]: value })),
);

const ofHolders: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      {
        kind: fc.constant('promote'),
        version,
        target,
        reason: text,
        checks,
        archiveOthers: fc.boolean(),
        isRollback: fc.boolean(),
      },
      { requiredKeys: ['kind', 'version', 'target', 'reason', 'checks'] },
    ),
  },
  fc
    .tuple(version, target, revision)
    .map(([{ model: of, number }, to, seen]) =>
      promote(number, to, { version: versionOf(number, of), revision: seen }),
    ),
  fc.record(
    {
      kind: fc.constant('remove-alias'),
      model,
      alias: oneOf(['champion', '__proto__']),
      reason: text,
      revision,
    },
    { requiredKeys: ['kind', 'model', 'alias', 'reason'] },
  ),
  fc.record({ kind: fc.constant('refuse-promotion'), version, target, reason: text, checks }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('ask-promotion'),
      id: oneOf(PROMOTIONS),
      version,
      target,
      reason: text,
      archiveOthers: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constant('decide-promotion'),
    role: oneOf(['editor', 'admin'] as const),
    promotion,
    decision: oneOf(['approved', 'rejected'] as const),
    reason: text,
  }),
  fc.record({ kind: fc.constant('withdraw-promotion'), promotion, reason: text }),
);

const ofPerformance: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('record-evaluations'),
    version,
    evaluations: fc.array(evaluation, { maxLength: 3 }),
    isRoutine: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('start-deployment'),
    deployment: fc.record(
      {
        id: oneOf(DEPLOYMENTS),
        version,
        environment: oneOf(['edge', 'eu-prod']),
        startedAt: time,
        url: text,
      },
      { requiredKeys: ['id', 'version', 'environment', 'startedAt'] },
    ),
    isBeside: fc.boolean(),
    reason: text,
  }),
  fc.record({
    kind: fc.constant('end-deployment'),
    deployment: oneOf(DEPLOYMENTS),
    endedAt: time,
    reason: text,
  }),
);

/** What the registry may be told. */
export const registryChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 2, arbitrary: ofModels },
  { weight: 3, arbitrary: ofVersions },
  { weight: 4, arbitrary: ofHolders },
  { weight: 2, arbitrary: ofPerformance },
);
