import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE, runId, workspaceId, type RunId } from '#core/domain/ids.ts';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER, type Principal, type Role } from '../access/principal.ts';
import { createModel } from '../models/create-model.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject } from '../projects/create-project.ts';
import { startRun } from '../runs/start-run.ts';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { registerUnderName } from './register-under-name.ts';

const workspace = DEFAULT_WORKSPACE;
let ports: Ports;
let run: RunId;
beforeEach(async () => {
  ports = teamPorts(memoryStore(), { now: 1_000 });
  run = (await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native' })).id;
});

const inProject = (role: Role): Principal => ({
  kind: 'user',
  id: 'ana',
  grants: [{ scope: 'project', project: DEFAULT_PROJECT, role }],
});
const names = async () => (await ports.registry.registeredModels(workspace)).map(({ name }) => name);

test('an editor of one project registers its run under a new name, and the next one after it', async () => {
  const ask = { workspace, model: 'churn', run };
  const first = await registerUnderName(ports, inProject('editor'), ask);
  expect(first).toMatchObject({
    model: { name: 'churn', project: DEFAULT_PROJECT },
    version: { number: 1, run },
  });
  const second = await registerUnderName(ports, inProject('editor'), { ...ask, model: first.model.id });
  expect(second.version.number).toBe(2);
});

test('a logged model is registered likewise', async () => {
  const model = await createModel(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, sourceRun: run });
  const { version } = await registerUnderName(ports, LOCAL_OWNER, {
    workspace,
    model: 'm',
    loggedModel: model.id,
  });
  expect(version).toMatchObject({ loggedModel: model.id, run, source: `models:/${model.id}` });
});

test('what cannot be registered makes no name', async () => {
  const missing = { workspace, model: 'churn', run: runId('f'.repeat(32)) };
  await expect(registerUnderName(ports, LOCAL_OWNER, missing)).rejects.toMatchObject({ code: 'not_found' });
  await expect(registerUnderName(ports, LOCAL_OWNER, { workspace, model: 'churn' })).rejects.toMatchObject({
    code: 'invalid',
  });
  const outside = { workspace, model: 'churn', run, path: '../..' };
  await expect(registerUnderName(ports, LOCAL_OWNER, outside)).rejects.toMatchObject({ code: 'invalid' });
  const byViewer = registerUnderName(ports, inProject('viewer'), { workspace, model: 'churn', run });
  await expect(byViewer).rejects.toMatchObject({ code: 'forbidden' });
  expect(await names()).toEqual([]);
});

test('what is of another workspace makes no name, nor does a text that cannot be kept', async () => {
  const team = workspaceId('team');
  await createWorkspace(ports, LOCAL_OWNER, { workspace: team });
  const theirs = await createProject(ports, LOCAL_OWNER, { workspace: team, name: 'theirs' });
  const foreign = await startRun(ports, LOCAL_OWNER, { project: theirs.id, wire: 'native' });
  const loggedModel = (await createModel(ports, LOCAL_OWNER, { project: theirs.id })).id;
  for (const refused of [{ run: foreign.id }, { loggedModel }, { run, description: '\0' }]) {
    const asked = registerUnderName(ports, LOCAL_OWNER, { workspace, model: 'churn', ...refused });
    await expect(asked).rejects.toMatchObject({ code: 'invalid' });
  }
  expect(await names()).toEqual([]);
});
