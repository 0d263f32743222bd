import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { api, type Operation } from '#core/contract/api.ts';
import { memoryServer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// One registry over HTTP, told in its order: train, register, promote, measure, deploy; then every question is answered.
let server: MemoryServer;
let client: Client;
let project: string;
const runs: string[] = [];
const churn = { model: 'churn' };

beforeAll(async () => {
  server = await memoryServer();
  client = createClient(await server.listen(), {}, checked);
  project = (await client.createProject({ body: { name: 'churn' } })).id;
  const objective = { metric: 'val/auc', direction: 'max', aggregate: 'max' } as const;
  await client.updateProject({ params: { project }, body: { objective } });
  for (const [depth, auc] of [
    ['5', 0.915],
    ['7', 0.912],
  ] as const) {
    const { id: run } = await client.createRun({ body: { project, name: `depth ${depth}` } });
    runs.push(run);
    await client.logToRun({
      params: { run },
      body: {
        params: [{ key: 'max_depth', value: Number(depth) }],
        points: [{ metric: 'val/auc', steps: [1], values: [auc] }],
        datasets: [
          {
            name: 'sales',
            digest: `d${depth}`,
            sourceType: 'local',
            source: 'sales.csv',
            schema: '{"amount":"float64"}',
            profile: '{"num_rows":12}',
            context: 'training',
          },
        ],
      },
    });
    const flavours = new TextEncoder().encode('flavors: {sklearn: {}}\n');
    await client.putRunFile({ params: { run }, query: { path: 'model/MLmodel' }, body: flavours });
    await client.updateRun({ params: { run }, body: { status: 'finished' } });
  }
});
afterAll(() => server.app.close());

/** Every answer is what the contract says, to the letter: a member that it does not name is a mistake as well. */
const checked: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.ok) return response;
  const text = await response.clone().text();
  const row = rowOf(init?.method ?? 'GET', new URL(new Request(input).url).pathname);
  if (typeof row.reply === 'string') return response;
  const said: Json = JSON.parse(text);
  expect(row.reply.parse(said)).toEqual(said);
  return response;
};

function rowOf(method: string, path: string): (typeof api)[Operation] {
  const rows = Object.values(api).filter((row) => row.method === method);
  const found = rows.find((row) => new RegExp(`^${row.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
  if (!found) throw new Error(`No endpoint ${method} ${path}`);
  return found;
}

test('a version is registered under a new name and promoted, and the next one after it', async () => {
  for (const [at, run = ''] of runs.entries()) {
    const row = await client.registerVersion({ params: churn, body: { run, path: 'model' } });
    expect(row).toMatchObject({ number: at + 1, files: 1, data: [{ name: 'sales', number: at + 1 }] });
    const target = { kind: 'alias', name: 'production' } as const;
    const body = { version: String(at + 1), target, reason: 'better' };
    expect((await client.promoteVersion({ params: churn, body })).outcome).toBe('done');
  }
  const evaluations = [
    { metric: 'val/auc', value: 0.91, dataset: { name: 'holdout' } },
    { metric: 'val/auc', value: 0.84, environment: 'production' },
  ];
  await client.recordEvaluations({ params: { ...churn, version: '@production' }, body: { evaluations } });
  const deployed = await client.startDeployment({
    params: churn,
    body: { version: '@production', environment: 'eu-prod' },
  });
  expect(deployed).toMatchObject({ modelName: 'churn', version: 2, by: { kind: 'local', name: 'owner' } });
});

test('which version runs in production, how it does there, on which data, by which objective', async () => {
  const { production, total } = await client.listProduction({});
  expect(total).toBe(1);
  expect(production[0]).toMatchObject({
    modelName: 'churn',
    because: 'alias production',
    by: { name: 'owner' },
    version: {
      number: 2,
      objective: { metric: 'val/auc' },
      dev: { value: 0.91, from: 'evaluation' },
      prod: { value: 0.84 },
      data: [{ name: 'sales', number: 2, role: 'training' }],
      run: { projectName: 'churn', number: 2 },
    },
    health: 'worse',
  });
  expect(production[0]?.trend.map(([, value]) => value)).toEqual([0.84]);
  const performance = await client.getPerformance({ params: churn });
  expect(performance.versions.map(({ dev, number }) => [number, dev?.value])).toEqual([
    [2, 0.91],
    [1, 0.915],
  ]);
});

test('the pages of models, of a model and of a version', async () => {
  const { models, total } = await client.listRegisteredModels({ query: { q: 'CHU' } });
  expect([total, models[0]?.production?.version.number, models[0]?.may.admin]).toEqual([1, 2, true]);
  const page = await client.getRegisteredModel({ params: churn });
  expect(page.versions.map(({ number }) => number)).toEqual([2, 1]);
  expect(page.aliases).toMatchObject([{ alias: 'production', version: 2, by: 'owner', isGated: false }]);
  expect(page.lanes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'alias production',
    'environment eu-prod',
  ]);
  const version = await client.getModelVersion({ params: { ...churn, version: 'latest' } });
  expect(version).toMatchObject({
    number: 2,
    comparedWith: 1,
    flavours: ['sklearn'],
    origin: { run: { id: runs[1] }, params: [{ key: 'max_depth', text: '7', previous: '5' }] },
    isTreeChanged: false,
  });
  const missing = version.package.filter(({ isCaptured }) => !isCaptured).map(({ part }) => part);
  expect(missing).toEqual(['code', 'environment']);
  const file = { params: { ...churn, version: '2' }, query: { path: 'MLmodel' } };
  expect(new TextDecoder().decode(await client.readVersionFile(file))).toContain('sklearn');
});

test('lineage, datasets, objective and best', async () => {
  const { edges, nodes } = await client.getLineage({ query: { root: 'version churn@production' } });
  expect(nodes.map(({ href, title }) => `${title} ${href}`).toSorted()).toEqual([
    `churn 2 /p/${project}/runs/2`,
    'churn v2 /m/churn/v/2',
    'eu-prod /m/churn/v/2',
    'sales@v2 /d/sales/v/2',
  ]);
  expect(edges.map(({ role }) => role).toSorted()).toEqual(['deployed', 'registered', 'training']);
  expect((await client.listDatasets({})).datasets).toMatchObject([
    { name: 'sales', versions: 2, rows: 12, columns: 1, inProduction: [{ modelName: 'churn', version: 2 }] },
  ]);
  const { versions } = await client.getDataset({ params: { dataset: 'sales' } });
  expect(versions[0]).toMatchObject({ number: 2, columns: [{ name: 'amount', type: 'float64' }] });
  const use = await client.getDatasetUse({ params: { dataset: 'sales', number: 2 } });
  expect(use).toMatchObject({ runs: [{ number: 2 }], versions: [{ modelName: 'churn' }], isMore: false });
  const objective = await client.getObjective({ params: { project } });
  expect(objective.history).toMatchObject([{ objective: { metric: 'val/auc' }, by: { name: 'owner' } }]);
  const best = await client.getBest({ params: { project } });
  expect(best.best[0]).toMatchObject({ value: 0.915, params: [{ key: 'max_depth', text: '5' }] });
});

test('a gate asks for approval, an approval carries it out, and a roll-back is one action', async () => {
  const target = { kind: 'stage', name: 'production' } as const;
  const gates = [{ target, checks: [], approval: { role: 'editor' as const, count: 1 } }];
  expect((await client.declareGates({ params: churn, body: { gates } })).gates).toEqual(gates);
  const asked = await client.promoteVersion({ params: churn, body: { version: '1', target } });
  expect(asked).toMatchObject({ outcome: 'asked', promotion: { status: 'open', mayApprove: true } });
  const { promotions } = await client.listPromotions({});
  expect(promotions).toEqual([asked.promotion]);
  const promotion = asked.promotion?.id ?? '';
  const decided = await client.decidePromotion({ params: { promotion }, body: { decision: 'approved' } });
  expect(decided.status).toBe('done');
  const back = { target: { kind: 'alias', name: 'production' } as const, reason: 'worse' };
  expect(await client.rollBack({ params: churn, body: back })).toEqual({ from: 2, to: 1 });
  const { entries } = await client.listRegistryLog({ params: churn, query: { limit: 1 } });
  expect(entries[0]).toMatchObject({ action: 'alias.moved', reason: 'worse', actor: { name: 'owner' } });
  expect(await client.verifyRegistryLog({ params: churn })).toMatchObject({ isIntact: true });
});

test('times that no calendar has, and an end before the start, are refused', async () => {
  const version = { ...churn, version: '1' };
  const evaluations = [{ metric: 'val/auc', value: 0.9, at: Number.MAX_SAFE_INTEGER }];
  await expect(client.recordEvaluations({ params: version, body: { evaluations } })).rejects.toMatchObject({
    status: 400,
  });
  const body = { version: '1', environment: 'shadow', isBeside: true };
  const started = await client.startDeployment({ params: churn, body });
  const end = { params: { deployment: started.id } };
  await expect(client.endDeployment({ ...end, body: { endedAt: 0 } })).rejects.toMatchObject({ status: 400 });
  expect(await client.endDeployment({ ...end, body: {} })).toMatchObject({ endedAt: expect.any(Number) });
});

test('changes of a model and a version answer what they are now', async () => {
  const changed = await client.updateRegisteredModel({
    params: churn,
    body: { owner: 'ana', setTags: [{ key: 'team', value: 'growth' }] },
  });
  expect(changed).toMatchObject({ owner: 'ana', tags: [{ key: 'team', value: 'growth' }] });
  const version = { ...churn, version: '1' };
  const body = { deprecated: { reason: 'old' }, removeTags: ['none'] };
  expect(await client.updateModelVersion({ params: version, body })).toMatchObject({
    deprecated: { reason: 'old' },
  });
  const made = await client.createRegisteredModel({ body: { name: 'a/b c', owner: 'li' } });
  expect(made).toMatchObject({ name: 'a/b c', owner: 'li', versions: 0 });
  expect((await client.getRegisteredModel({ params: { model: 'a/b c' } })).model.id).toBe(made.id);
  await client.deleteRegisteredModel({ params: { model: made.id } });
  await expect(client.getRegisteredModel({ params: { model: made.id } })).rejects.toMatchObject({
    status: 404,
  });
});
