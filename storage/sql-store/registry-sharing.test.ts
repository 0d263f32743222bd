import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import {
  commitOf,
  createRun,
  logPoints,
  runIdOf,
  setParams,
  setTags,
} from '#storage/conformance/sample-changes.ts';
import {
  CHURN,
  createRegistered,
  datasetOf,
  promote,
  registerVersion,
  THREE_VERSIONS,
  useDatasets,
  versionOf,
} from '#storage/conformance/sample-registry.ts';
import { NUMBERS, registerAtOnce } from './testing/many-registrations.ts';
import { Servers } from './testing/servers.ts';

const RUN = runIdOf(1);
const OF_THE_REGISTRY = /lineage_edge|artifact_version|registered_model|model_version|SAVEPOINT/;

test('32 clients of one server register versions of one model: numbers without a gap or a double', async () => {
  expect(await registerAtOnce([await (await create()).start()])).toEqual(NUMBERS);
});

test('32 clients of two servers register versions of one model: numbers without a gap or a double', async () => {
  const servers = await create();
  expect(await registerAtOnce([await servers.start(), await servers.start()])).toEqual(NUMBERS);
});

test('of two promotions at once that were decided on the same revision one wins, and the log has one', async () => {
  const servers = await create();
  const [one, other] = [await servers.start(), await servers.start()];
  await one.writer.commit(commitOf(THREE_VERSIONS));
  const revision = (await other.registry.registeredModel(CHURN))?.revision ?? -1;
  const outcomes = await Promise.allSettled([
    one.writer.commit(commitOf([promote(1, undefined, { revision })])),
    other.writer.commit(commitOf([promote(2, undefined, { revision })])),
  ]);
  const [lost, ...others] = outcomes.filter(({ status }) => status === 'rejected');
  expect(lost).toMatchObject({ reason: { code: 'conflict', details: { reason: 'wrong-state' } } });
  expect(others).toEqual([]);
  const moves = await one.registry.holderHistory(CHURN);
  expect(moves).toHaveLength(1);
  for (const { registry } of [one, other]) {
    const { aliases } = (await registry.registeredModel(CHURN)) ?? {};
    expect([...(aliases?.values() ?? [])]).toEqual([moves[0]?.version]);
  }
});

test('what one server does to a model the other shows at once: in lists, by name and by id', async () => {
  const servers = await create();
  const [one, other] = [await servers.start(), await servers.start()];
  const names = async () =>
    (await other.registry.registeredModels(DEFAULT_WORKSPACE)).map(({ name }) => name);
  expect(await names()).toEqual([]);
  await one.writer.commit(commitOf([createRegistered(2, 'b'), createRegistered(1, 'c')]));
  expect(await names()).toEqual(['b', 'c']);
  await one.writer.commit(commitOf([{ kind: 'update-registered-model', model: CHURN, name: 'a' }]));
  expect(await names()).toEqual(['a', 'b']);
  expect(await other.registry.registeredModelNamed(DEFAULT_WORKSPACE, 'c')).toBeUndefined();
  await one.writer.commit(commitOf([registerVersion()]));
  expect((await other.registry.registeredModelNamed(DEFAULT_WORKSPACE, 'a'))?.versions).toBe(1);
  await one.writer.commit(commitOf([{ kind: 'delete-registered-model', model: CHURN, reason: '' }]));
  expect(await names()).toEqual(['b']);
  expect(await other.registry.registeredModel(CHURN)).toBeUndefined();
});

test('readers that ask while a model is being read again all see what was committed before they asked', async () => {
  const { writer, registry } = await (await create()).start();
  await writer.commit(commitOf([createRegistered()]));
  for (let n = 1; n <= 20; n += 1) {
    const committed = writer.commit(commitOf([registerVersion()]));
    const early = registry.registeredModel(CHURN);
    await committed;
    const late = await Promise.all([registry.registeredModel(CHURN), registry.registeredModel(CHURN)]);
    expect(late.map((model) => model?.lastVersion)).toEqual([n, n]);
    await early;
  }
});

test('a refusal takes back what its commit had said of the registry, and nothing of its group', async () => {
  const { writer, registry } = await (await create()).start();
  await writer.commit(commitOf([createRegistered(), createRun(RUN)]));
  const dataset = datasetOf('holdout', 'd1');
  const refused: Change = { kind: 'delete-tag', run: RUN, key: 'not there' };
  const outcomes = await Promise.allSettled([
    writer.commit(commitOf([registerVersion({ run: RUN })])),
    writer.commit(commitOf([useDatasets(RUN, [dataset]), registerVersion(), refused])),
    writer.commit(commitOf([setTags(RUN, { 'cairn.evaluates': 'models:/churn/1' }), refused])),
    writer.commit(commitOf([registerVersion()])),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(await registry.artifacts({ workspace: DEFAULT_WORKSPACE, type: 'dataset' })).toEqual([]);
  expect(await registry.edges({ nodes: [{ kind: 'run', run: RUN }], way: 'up', limit: 9 })).toEqual([]);
  expect(await registry.registeredModel(CHURN)).toMatchObject({ versions: 2, lastVersion: 2, revision: 2 });
  expect(await registry.registryLog({ model: CHURN, limit: 9 })).toHaveLength(3);
});

test('commits that say nothing of the registry run no statement of it', async () => {
  const statements: string[] = [];
  const { writer } = await (await create()).start({ mortal: (sql) => statements.push(sql) });
  await writer.commit(
    commitOf([
      createRun(RUN),
      setParams(RUN, [['lr', '0.1']]),
      setTags(RUN, { owner: 'ada' }),
      logPoints({ kind: 'run', run: RUN }, [['loss', 1, 1]]),
      { kind: 'update-run', run: RUN, status: 'finished' },
    ]),
  );
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.filter((sql) => OF_THE_REGISTRY.test(sql))).toEqual([]);
  await writer.commit(commitOf([useDatasets(RUN, [datasetOf('holdout', 'd1')])]));
  expect(statements.filter((sql) => OF_THE_REGISTRY.test(sql)).length).toBe(2);
});

test('a dataset that more runs use than are asked for is read no further than that', async () => {
  const { writer, registry } = await (await create()).start();
  const dataset = datasetOf('holdout', 'd1');
  for (let n = 30; n >= 1; n -= 1) {
    const commit = [createRun(runIdOf(n)), useDatasets(runIdOf(n), [dataset])];
    await writer.commit(commitOf(commit, { at: 1000 + Math.floor(n / 4) }));
  }
  const node = {
    kind: 'artifact',
    workspace: DEFAULT_WORKSPACE,
    type: 'dataset',
    name: 'holdout',
    digest: 'd1',
  } as const;
  const nodes = [node, { kind: 'version', ...versionOf(1) } as const, node];
  const edges = await registry.edges({ nodes, way: 'down', limit: 6 });
  // Oldest first; of one time by what they lead to.
  expect(edges.map(({ to }) => to)).toEqual(
    [1, 2, 3, 4, 5, 6].map((n) => ({ kind: 'run', run: runIdOf(n) })),
  );
});

async function create(): Promise<Servers> {
  const servers = await Servers.create();
  onTestFinished(() => servers.stop());
  return servers;
}
