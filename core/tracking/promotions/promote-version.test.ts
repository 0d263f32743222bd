import { beforeEach, expect, test } from 'vitest';
import type { Gate } from '#core/domain/gate.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { Principal, Role } from '../access/principal.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import { putFile } from '../files/put-file.ts';
import type { Ports } from '../ports/ports.ts';
import { declareObjective } from '../projects/change-project.ts';
import { logInputs } from '../runs/log-inputs.ts';
import { startRun } from '../runs/start-run.ts';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { createRegisteredModel } from '../registry/create-registered-model.ts';
import { checkGate } from './check-gate.ts';
import { decidePromotion } from './decide-promotion.ts';
import { declareGates } from './declare-gates.ts';
import { listPromotions } from './list-promotions.ts';
import { promoteAtOnce, promoteVersion } from './promote-version.ts';
import { recordEvaluations } from '../evaluations/record-evaluations.ts';
import { findRegisteredModel } from '../registry/find-registered-model.ts';
import { registerVersion } from '../registry/register-version.ts';
import { removeAlias } from './remove-alias.ts';
import { rollBack, waysBack } from './roll-back.ts';
import { tagVersion } from '../registry/tag-version.ts';
import { updateVersion } from '../registry/update-version.ts';

const workspace = DEFAULT_WORKSPACE;
const churn = { workspace, name: 'churn' };
const production = { kind: 'alias', name: 'production' } as const;
const holdout = { name: 'holdout', digest: 'd1' };

let ports: Ports;
const clock = { now: 1_700_000_000_000 };
beforeEach(async () => {
  clock.now = 1_700_000_000_000;
  ports = teamPorts(memoryStore(), clock);
  await createRegisteredModel(ports, LOCAL_OWNER, churn);
});

const person = (id: string, role: Role): Principal => ({
  kind: 'user',
  id,
  grants: [{ scope: 'workspace', workspace, role }],
});
const ana = person('ana', 'editor');
const ben = person('ben', 'editor');
const cyn = person('cyn', 'admin');

/** A version made by a run that holds these files. */
async function version(files: Readonly<Record<string, string>> = { MLmodel: '{}' }): Promise<number> {
  const run = await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native' });
  const owner = { kind: 'run', run: run.id } as const;
  for (const [path, text] of Object.entries(files)) {
    const bytes = ReadableStream.from([new TextEncoder().encode(text)]);
    await putFile(ports, LOCAL_OWNER, { owner, path: `model/${path}`, bytes });
  }
  await logInputs(ports, LOCAL_OWNER, {
    run: run.id,
    models: [],
    datasets: [
      {
        dataset: { name: 'sales', digest: 'd31', sourceType: 'local', source: 'sales.csv' },
        tags: new Map([['mlflow.data.context', 'training']]),
      },
    ],
  });
  const source = `runs:/${run.id}/model`;
  const registered = await registerVersion(ports, LOCAL_OWNER, { ...churn, source, run: run.id });
  return registered.version.number;
}

const declare = (gate: Omit<Gate, 'target'>): Promise<unknown> =>
  declareGates(ports, LOCAL_OWNER, { ...churn, gates: [{ target: production, ...gate }] });

const promote = (
  number: number,
  more: Partial<Parameters<typeof promoteVersion>[2]> = {},
  who = LOCAL_OWNER,
) =>
  promoteVersion(ports, who, {
    ...churn,
    version: { number },
    target: production,
    reason: 'better',
    ...more,
  });

const holder = async (): Promise<number | undefined> =>
  (await ports.registry.registeredModelNamed(workspace, 'churn'))?.aliases.get('production');

const actions = async (): Promise<readonly string[]> => {
  const model = await ports.registry.registeredModelNamed(workspace, 'churn');
  if (!model) return [];
  return (await ports.registry.registryLog({ model: model.id, limit: 100 }))
    .map(({ action }) => action)
    .toReversed();
};

const measure = (number: number, value: number, dataset = holdout): Promise<unknown> =>
  recordEvaluations(ports, LOCAL_OWNER, {
    ...churn,
    version: { number },
    evaluations: [{ metric: 'auc', value, dataset }],
  });

test('without a gate an alias moves, to whoever asks last', async () => {
  const first = await version();
  const second = await version();
  expect(await promote(first)).toMatchObject({ outcome: 'done', checks: [] });
  expect(await promote(second)).toMatchObject({ outcome: 'done' });
  expect(await promote(second)).toMatchObject({ outcome: 'unchanged' });
  expect(await holder()).toBe(second);
});

test('of two who saw the same holder one wins, and the log shows both', async () => {
  const [one, two, three] = [await version(), await version(), await version()];
  await promote(one);
  const both = await Promise.allSettled([
    promote(two, { expectedHolder: one }),
    promote(three, { expectedHolder: one }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(lost.reason).toMatchObject({ code: 'conflict' });
  expect((await actions()).slice(-2)).toEqual(['alias.moved', 'promotion.refused']);
});

test('a version that is worse on the same dataset version is refused with both figures, and nothing changes', async () => {
  const [one, two] = [await version(), await version()];
  await declare({ checks: [{ kind: 'metric', metric: 'auc', direction: 'max' }] });
  await measure(one, 0.91);
  await measure(two, 0.905);
  await promote(one);
  await expect(promote(two)).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining(`auc 0.905 on holdout (d1), v${one} has 0.91`),
  });
  expect(await holder()).toBe(one);
  expect((await actions()).at(-1)).toBe('promotion.refused');
  clock.now += 1;
  await measure(two, 0.92);
  expect(await promote(two)).toMatchObject({ outcome: 'done', checks: [{ kind: 'metric', isPassed: true }] });
});

test('figures of different dataset versions are not compared', async () => {
  const [one, two] = [await version(), await version()];
  await declare({ checks: [{ kind: 'metric', metric: 'auc', direction: 'max' }] });
  await measure(one, 0.91);
  await measure(two, 0.99, { name: 'holdout', digest: 'd2' });
  await promote(one);
  await expect(promote(two)).rejects.toMatchObject({
    message: expect.stringContaining('not measured on the same dataset version'),
  });
});

test('a tolerance lets a little worse pass, and a bound holds without a holder, too', async () => {
  const [one, two] = [await version(), await version()];
  await declare({
    checks: [{ kind: 'metric', metric: 'auc', direction: 'max', tolerance: 0.01, bound: 0.9 }],
  });
  await measure(one, 0.89);
  await expect(promote(one)).rejects.toMatchObject({
    message: expect.stringContaining('misses the bound 0.9'),
  });
  clock.now += 1;
  await measure(one, 0.91);
  await measure(two, 0.905);
  await promote(one);
  expect(await promote(two)).toMatchObject({ outcome: 'done' });
});

test('an objective that was only inferred feeds no gate; a declared one does', async () => {
  const run = await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native' });
  const register = () =>
    registerVersion(ports, LOCAL_OWNER, { ...churn, source: `runs:/${run.id}/model`, run: run.id });
  await declare({ checks: [{ kind: 'metric' }] });
  const before = (await register()).version.number;
  await expect(promote(before)).rejects.toMatchObject({ message: expect.stringContaining('objective') });
  await declareObjective(ports, LOCAL_OWNER, {
    project: DEFAULT_PROJECT,
    objective: { metric: 'auc', direction: 'max', aggregate: 'max' },
  });
  const after = (await register()).version.number;
  expect(await promote(after)).toMatchObject({ outcome: 'done' });
});

const SIGNED = (inputs: string): string =>
  `flavors: {}\nsignature:\n  inputs: '${inputs}'\n  outputs: '[{"type": "double", "name": "p"}]'\n`;

test('a signature that callers of the holder cannot use is refused, and one that they can passes', async () => {
  const one = await version({ MLmodel: SIGNED('[{"type": "double", "name": "x", "required": true}]') });
  const two = await version({ MLmodel: SIGNED('[{"type": "string", "name": "x", "required": true}]') });
  const three = await version({ MLmodel: SIGNED('[]') });
  const unsigned = await version();
  await declare({ checks: [{ kind: 'signature' }] });
  await promote(one);
  await expect(promote(two)).rejects.toMatchObject({
    message: expect.stringContaining('input x is string, was double'),
  });
  await expect(promote(unsigned)).rejects.toMatchObject({ message: expect.stringContaining('no signature') });
  expect(await promote(three)).toMatchObject({ outcome: 'done' });
});

test('tags, files, evaluations and the age of data each refuse and let pass', async () => {
  const bare = await version();
  const good = await version({ MLmodel: '{}', 'reports/bias.html': 'fair' });
  const tags = [{ key: 'licence', value: 'ok' }, { key: 'reviewed' }];
  await tagVersion(ports, LOCAL_OWNER, {
    ...churn,
    version: { number: good },
    tags: [
      { key: 'licence', value: 'ok' },
      { key: 'reviewed', value: 'by li' },
    ],
  });
  await recordEvaluations(ports, LOCAL_OWNER, {
    ...churn,
    version: { number: good },
    evaluations: [{ metric: 'bias', value: 0.01, environment: 'staging' }],
  });
  for (const [check, why] of [
    [{ kind: 'tags', tags }, 'missing licence=ok, reviewed'],
    [{ kind: 'file', path: 'reports/*.html' }, 'no file reports/*.html'],
    [{ kind: 'evaluation', metric: 'bias', environment: 'staging' }, 'no evaluation of bias in staging'],
  ] as const) {
    await declare({ checks: [check] });
    await expect(promote(bare)).rejects.toMatchObject({ message: expect.stringContaining(why) });
    expect(await promote(good)).toMatchObject({ outcome: 'done' });
    await removeAlias(ports, LOCAL_OWNER, { ...churn, alias: 'production' });
  }
  await declare({ checks: [{ kind: 'data-age', days: 30 }] });
  clock.now += 31 * 86_400_000;
  await expect(promote(good)).rejects.toMatchObject({
    message: expect.stringContaining('sales@v1 is 31.0 days old, at most 30 allowed'),
  });
  await declare({ checks: [{ kind: 'data-age', days: 40 }] });
  expect(await promote(good)).toMatchObject({ outcome: 'done' });
});

test('an approval by somebody else of the right role carries the promotion out', async () => {
  const one = await version();
  await declare({ checks: [], approval: { role: 'admin', count: 1 } });
  const asked = await promote(one, {}, ana);
  expect(asked).toMatchObject({ outcome: 'asked', promotion: { status: 'open' } });
  expect(await holder()).toBeUndefined();
  const promotion = asked.promotion?.id as NonNullable<typeof asked.promotion>['id'];
  // Asked again it is the same wish.
  expect((await promote(one, {}, ana)).promotion?.id).toBe(promotion);
  await expect(
    promoteAtOnce(ports, ana, { ...churn, version: { number: one }, target: production }),
  ).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('0 of 1 approvals by an admin'),
  });
  expect((await listPromotions(ports, ana, { workspace })).map(({ mayApprove }) => mayApprove)).toEqual([
    false,
  ]);
  expect((await listPromotions(ports, cyn, { workspace })).map(({ mayApprove }) => mayApprove)).toEqual([
    true,
  ]);
  await expect(decidePromotion(ports, ben, { promotion, decision: 'approved' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(
    await decidePromotion(ports, cyn, { promotion, decision: 'approved', reason: 'fine' }),
  ).toMatchObject({
    status: 'done',
  });
  expect(await holder()).toBe(one);
  expect((await actions()).slice(-3)).toEqual(['promotion.asked', 'promotion.approved', 'alias.moved']);
  await expect(decidePromotion(ports, cyn, { promotion, decision: 'approved' })).rejects.toMatchObject({
    code: 'invalid',
  });
});

test('nobody approves himself, a rejection closes the wish, and two approvals are two people', async () => {
  const one = await version();
  await declare({ checks: [], approval: { role: 'editor', count: 2 } });
  const ask = async () => (await promote(one, {}, ana)).promotion?.id as never;
  const first = await ask();
  await expect(decidePromotion(ports, ana, { promotion: first, decision: 'approved' })).rejects.toMatchObject(
    {
      code: 'forbidden',
    },
  );
  expect(await decidePromotion(ports, ben, { promotion: first, decision: 'rejected' })).toMatchObject({
    status: 'rejected',
  });
  const second = await ask();
  expect(second).not.toBe(first);
  await decidePromotion(ports, ben, { promotion: second, decision: 'approved' });
  await decidePromotion(ports, ben, { promotion: second, decision: 'approved' });
  expect(await holder()).toBeUndefined();
  await decidePromotion(ports, cyn, { promotion: second, decision: 'approved' });
  expect(await holder()).toBe(one);
});

test('an approval carries out nothing for a version that was deprecated meanwhile', async () => {
  const one = await version();
  await declare({ checks: [], approval: { role: 'editor', count: 1 } });
  const promotion = (await promote(one, {}, ana)).promotion?.id as never;
  const deprecate = (deprecated: { readonly reason: string } | null) =>
    updateVersion(ports, LOCAL_OWNER, { ...churn, version: { number: one }, deprecated });
  await deprecate({ reason: 'leaks labels' });
  expect(await decidePromotion(ports, ben, { promotion, decision: 'approved' })).toMatchObject({
    status: 'open',
  });
  expect(await holder()).toBeUndefined();
  await deprecate(null);
  expect(await promote(one, {}, ana)).toMatchObject({ outcome: 'done' });
});

test('the one owner of local mode approves what he asked for', async () => {
  const one = await version();
  await declare({ checks: [], approval: { role: 'admin', count: 1 } });
  const { promotion } = await promote(one);
  await decidePromotion(ports, LOCAL_OWNER, { promotion: promotion?.id as never, decision: 'approved' });
  expect(await holder()).toBe(one);
});

test('rolling back goes to the version before, past deprecated ones and without asking the gate, and again one further', async () => {
  const [one, two, three, four] = [await version(), await version(), await version(), await version()];
  for (const number of [one, two, three, four]) await promote(number);
  await updateVersion(ports, LOCAL_OWNER, {
    ...churn,
    version: { number: three },
    deprecated: { reason: 'leaks labels' },
  });
  await declare({ checks: [{ kind: 'tags', tags: [{ key: 'never' }] }] });
  const back = () => rollBack(ports, ana, { ...churn, target: production, reason: 'errors' });
  expect(await back()).toEqual({ from: four, to: two });
  expect(await back()).toEqual({ from: two, to: one });
  await expect(back()).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('No earlier version'),
  });
  await expect(promote(three)).rejects.toMatchObject({ message: expect.stringContaining('deprecated') });
});

test('of a stage that two versions share one is left: by rolling back the older, by archiving the others whoever is asked for', async () => {
  const [one, two] = [await version(), await version()];
  const target = { kind: 'stage', name: 'production' } as const;
  const stages = async () => (await ports.registry.findVersions({ workspace })).map(({ stage }) => stage);
  for (const number of [one, two]) await promote(number, { target });
  const offered = async () => {
    const model = await findRegisteredModel(ports, ana, churn);
    return waysBack(ports, model, await ports.registry.holderHistory(model.id));
  };
  expect(await offered()).toEqual([{ target, from: two, to: one }]);
  expect(await rollBack(ports, ana, { ...churn, target })).toEqual({ from: two, to: one });
  expect(await offered()).toEqual([]);
  expect(await stages()).toEqual(['production', 'archived']);
  await promote(two, { target });
  expect(await stages()).toEqual(['production', 'production']);
  expect(await promote(two, { target, archiveOthers: true })).toMatchObject({ outcome: 'done' });
  expect(await stages()).toEqual(['archived', 'production']);
  expect(await promote(two, { target, archiveOthers: true })).toMatchObject({ outcome: 'unchanged' });
});

test('a promotion that waited archives the others of its stage, if that was wished', async () => {
  const [one, two] = [await version(), await version()];
  const stage = { kind: 'stage', name: 'production' } as const;
  await promote(one, { target: stage });
  await declareGates(ports, LOCAL_OWNER, {
    ...churn,
    gates: [{ target: stage, checks: [], approval: { role: 'editor', count: 1 } }],
  });
  const { promotion } = await promote(two, { target: stage, archiveOthers: true }, ana);
  await decidePromotion(ports, ben, { promotion: promotion?.id as never, decision: 'approved' });
  const model = await ports.registry.registeredModelNamed(workspace, 'churn');
  expect(model?.stages).toEqual(
    new Map([
      ['archived', one],
      ['production', two],
    ]),
  );
});

test('an approval that an editor gave does not count once the gate asks for admins', async () => {
  const one = await version();
  await declare({ checks: [], approval: { role: 'editor', count: 2 } });
  const promotion = (await promote(one, {}, ana)).promotion?.id as never;
  await decidePromotion(ports, ben, { promotion, decision: 'approved' });
  await declare({ checks: [], approval: { role: 'admin', count: 1 } });
  expect((await listPromotions(ports, cyn, { workspace }))[0]?.checks).toMatchObject([
    { isPassed: false, detail: '0 of 1 approvals by an admin' },
  ]);
  expect(await decidePromotion(ports, cyn, { promotion, decision: 'approved' })).toMatchObject({
    status: 'done',
  });
});

test('an alias with a gate is taken away by an admin only', async () => {
  const one = await version();
  await promote(one);
  await declare({ checks: [] });
  await expect(removeAlias(ports, ana, { ...churn, alias: 'production' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await removeAlias(ports, cyn, { ...churn, alias: 'production' });
  expect(await holder()).toBeUndefined();
});

test('a stage with a gate is entered through it and left by an admin only', async () => {
  const one = await version();
  const stage = { kind: 'stage', name: 'Production' } as const;
  await declareGates(ports, LOCAL_OWNER, {
    ...churn,
    gates: [{ target: stage, checks: [{ kind: 'tags', tags: [{ key: 'ok' }] }] }],
  });
  const standing = await checkGate(ports, ana, { ...churn, version: { number: one }, target: stage });
  expect(standing.checks).toMatchObject([{ kind: 'tags', isPassed: false }]);
  await expect(promote(one, { target: stage }, ana)).rejects.toMatchObject({ code: 'forbidden' });
  await tagVersion(ports, LOCAL_OWNER, {
    ...churn,
    version: { number: one },
    tags: [{ key: 'ok', value: '' }],
  });
  expect(await promote(one, { target: stage }, ana)).toMatchObject({ outcome: 'done' });
  const archived = { kind: 'stage', name: 'archived' } as const;
  await expect(promote(one, { target: archived }, ana)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await promote(one, { target: archived }, cyn)).toMatchObject({ outcome: 'done' });
});
