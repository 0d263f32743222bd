import { beforeEach, expect, test } from 'vitest';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject } from '../projects/create-project.ts';
import { findLineage, type Lineage } from './lineage.ts';
import { BEGIN, churnWorld, personIn, trainRun, workspace, type ChurnWorld } from './testing/churn-world.ts';

let ports: Ports;
let world: ChurnWorld;
const clock = { now: BEGIN };
beforeEach(async () => {
  clock.now = BEGIN;
  ports = teamPorts(memoryStore(), clock);
  world = await churnWorld(ports, clock);
});

const lineage = (root: string, more: object = {}, who = LOCAL_OWNER) =>
  findLineage(ports, who, { workspace, root, up: 3, down: 2, limit: 20, ...more });

/** A short word for a node, whatever its id. */
function wordOf({ points }: Lineage, key: string): string {
  const thing = points.find((point) => point.key === key)?.thing;
  if (!thing) return key;
  if (thing.kind === 'artifact') return `${thing.artifact.name}@v${thing.artifact.number}`;
  if (thing.kind === 'run') return `run ${thing.project.name} ${thing.run.number}`;
  if (thing.kind === 'version') return `${thing.model.name} v${thing.version.number}`;
  return thing.kind === 'deployment' ? thing.deployment.environment : thing.model.name;
}

const drawn = (found: Lineage): string[] =>
  found.edges.map(({ from, role, to }) => `${wordOf(found, from)} -${role}> ${wordOf(found, to)}`).toSorted();

test('from a version up to its data and down to where it runs', async () => {
  const found = await lineage('version churn@2');
  expect(drawn(found)).toEqual([
    'churn v2 -deployed> eu-prod',
    'run churn 2 -registered> churn v2',
    'sales@v2 -training> run churn 2',
  ]);
  expect(wordOf(found, found.root)).toBe('churn v2');
  expect(found.points.every(({ moreUp, moreDown }) => !moreUp && !moreDown)).toBe(true);
});

test('the same thing by alias, by latest, by key, and from the other ends', async () => {
  const byNumber = await lineage('version churn@2');
  for (const root of ['version churn@champion', 'version churn@latest', 'version churn', byNumber.root]) {
    expect(await lineage(root)).toEqual(byNumber);
  }
  expect(drawn(await lineage('dataset sales@2', { down: 3 }))).toEqual(drawn(byNumber));
  expect(drawn(await lineage(`run ${world.runs[1].id}`))).toEqual(drawn(byNumber));
});

test('what lies further than was asked is said to be there', async () => {
  const found = await lineage('version churn@2', { up: 1, down: 0 });
  expect(drawn(found)).toEqual(['run churn 2 -registered> churn v2']);
  expect(found.points.map((point) => [wordOf(found, point.key), point.moreUp, point.moreDown])).toEqual([
    ['churn v2', false, true],
    ['run churn 2', true, false],
  ]);
});

test('a node with many neighbours shows as many as were asked for, and that there are more', async () => {
  for (let at = 0; at < 5; at += 1) {
    await trainRun(ports, { project: world.project, params: {}, auc: 0.5, sales: 'd31' });
  }
  const found = await lineage('dataset sales@2', { limit: 3, down: 1 });
  expect(found.edges).toHaveLength(3);
  expect(found.points[0]).toMatchObject({ moreDown: true, moreUp: false });
  // The version's data has other users that nobody asked for.
  const up = await lineage('version churn@2');
  const sales = up.points.find(({ key }) => wordOf(up, key) === 'sales@v2');
  expect(sales?.moreDown).toBe(true);
});

test('neighbours that one may not read are one node without a title, and nothing behind them shows', async () => {
  const { id: secret } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'secret' });
  for (let at = 0; at < 3; at += 1) {
    await trainRun(ports, { project: secret, params: {}, auc: 0.5, sales: 'd31' });
  }
  const reader = personIn(world.project);
  const found = await lineage('dataset sales@2', {}, reader);
  expect(drawn(found)).toEqual(
    [
      'churn v2 -deployed> eu-prod',
      'run churn 2 -registered> churn v2',
      'sales@v2 -training> hidden:1',
      'sales@v2 -training> run churn 2',
    ].filter((edge) => !edge.includes('eu-prod')),
  );
  expect(found.points.find(({ key }) => key === 'hidden:1')).toEqual({
    key: 'hidden:1',
    moreUp: false,
    moreDown: false,
  });
});

test('of many neighbours one sees those that one may read, however many others came first', async () => {
  for (let at = 0; at < 50; at += 1) {
    await trainRun(ports, { project: world.project, params: {}, auc: 0.5, sales: 'd31' });
  }
  const { id: other } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'other' });
  for (let at = 0; at < 3; at += 1) {
    await trainRun(ports, { project: other, params: {}, auc: 0.5, sales: 'd31' });
  }
  const found = await lineage('dataset sales@2', { limit: 2 }, personIn(other));
  expect(drawn(found)).toEqual([
    'sales@v2 -training> hidden:1',
    'sales@v2 -training> run other 1',
    'sales@v2 -training> run other 2',
  ]);
  expect(found.points[0]?.moreDown).toBe(true);
});

test('what is not there is told to whoever reads the workspace; to others it is as forbidden as what is not theirs', async () => {
  const { id: other } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'other' });
  const missing = [
    'version none@1',
    `run ${'f'.repeat(32)}`,
    'dataset none@1',
    'dataset sales@9',
    `r:${'f'.repeat(32)}`,
  ];
  for (const root of missing) {
    await expect(lineage(root)).rejects.toMatchObject({ code: 'not_found' });
    await expect(lineage(root, {}, personIn(other))).rejects.toMatchObject({ code: 'forbidden' });
  }
  for (const root of ['version churn@2', `run ${world.runs[0].id}`, 'dataset sales@1']) {
    await expect(lineage(root, {}, personIn(other))).rejects.toMatchObject({ code: 'forbidden' });
  }
  for (const root of ['churn', 'dataset sales', 'x:1', 'run 12']) {
    await expect(lineage(root)).rejects.toMatchObject({ code: 'invalid' });
  }
});
