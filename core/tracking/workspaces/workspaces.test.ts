import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_WORKSPACE, projectId, runId, workspaceId, type ProjectId } from '#core/domain/ids.ts';
import type { Role } from '#core/domain/account.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER, type Grant, type Principal } from '../access/principal.ts';
import { visibleEvents } from '../access/visible-events.ts';
import type { Store } from '../ports/ports.ts';
import { deleteProject } from '../projects/change-project.ts';
import { createProject } from '../projects/create-project.ts';
import { findProject } from '../projects/find-project.ts';
import { purgeProject } from '../projects/purge-project.ts';
import { listRoles } from '../roles/list-roles.ts';
import { surveyRuns } from '../runs/survey-runs.ts';
import { deleteWorkspace, updateWorkspace } from './change-workspace.ts';
import { createWorkspace } from './create-workspace.ts';
import { findWorkspace } from './find-workspace.ts';
import { listWorkspaces } from './list-workspaces.ts';
import { withinWorkspace } from './within-workspace.ts';

const vision = workspaceId('vision');
const speech = workspaceId('speech');
const who = (...grants: readonly Grant[]): Principal => ({ kind: 'user', id: 'u-0', grants });
const inVision = (role: Role): Grant => ({ scope: 'workspace', workspace: vision, role });
const NOT_FOUND = { code: 'not_found', details: { subject: 'workspace' } };

let ports: Store & { readonly clock: { now: () => number } };
let defects: ProjectId;
beforeEach(async () => {
  ports = { ...memoryStore({ createdAt: 1 }), clock: { now: () => 1000 } };
  await createWorkspace(ports, LOCAL_OWNER, { workspace: vision, name: 'Vision lab' });
  await createWorkspace(ports, LOCAL_OWNER, { workspace: speech });
  defects = (await createProject(ports, LOCAL_OWNER, { workspace: vision, name: 'defects' })).id;
});

const seenBy = async (principal: Principal) =>
  (await listWorkspaces(ports, principal)).map(({ workspace, projects }) => `${workspace.id} ${projects}`);

test('everybody sees the workspaces in which he has a role, on all of it or on a project, and counts what he sees', async () => {
  await createProject(ports, LOCAL_OWNER, { workspace: vision, name: 'hidden' });
  expect(await seenBy(LOCAL_OWNER)).toEqual(['default 1', 'speech 0', 'vision 2']);
  expect(await seenBy(who())).toEqual([]);
  expect(await seenBy(who(inVision('viewer')))).toEqual(['vision 2']);
  expect(await seenBy(who({ scope: 'project', project: defects, role: 'viewer' }))).toEqual(['vision 1']);
  expect(await seenBy(who({ scope: 'project', project: projectId('99'), role: 'admin' }))).toEqual([]);
  const key: Principal = { ...LOCAL_OWNER, limit: { role: 'viewer', projects: [defects] } };
  expect(await seenBy(key)).toEqual(['vision 1']);
});

test('one that may not be seen is not there', async () => {
  const stranger = who(inVision('admin'));
  for (const workspace of [speech, DEFAULT_WORKSPACE, workspaceId('none')]) {
    const ask = { workspace, name: 'x' };
    await expect(findWorkspace(ports, stranger, ask)).rejects.toMatchObject(NOT_FOUND);
    await expect(updateWorkspace(ports, stranger, ask)).rejects.toMatchObject(NOT_FOUND);
    await expect(deleteWorkspace(ports, stranger, ask)).rejects.toMatchObject(NOT_FOUND);
  }
  expect((await findWorkspace(ports, stranger, { workspace: vision })).name).toBe('Vision lab');
});

test('its admins name and describe it, its editors do not; only admins of the server make and delete them', async () => {
  const forbidden = { code: 'forbidden' };
  const words = { workspace: vision, name: 'Seeing', description: 'Cameras' };
  const editor = who(inVision('editor'));
  const admin = who(inVision('admin'));
  await expect(updateWorkspace(ports, editor, words)).rejects.toMatchObject(forbidden);
  expect(await updateWorkspace(ports, admin, words)).toMatchObject({ id: vision, name: 'Seeing' });
  expect((await listWorkspaces(ports, admin))[0]?.isAdmin).toBe(true);
  expect((await listWorkspaces(ports, editor))[0]?.isAdmin).toBe(false);
  await expect(deleteWorkspace(ports, admin, words)).rejects.toMatchObject(forbidden);
  const made = { workspace: workspaceId('mine') };
  await expect(createWorkspace(ports, admin, made)).rejects.toMatchObject(forbidden);
  await expect(updateWorkspace(ports, admin, { workspace: vision, name: ' ' })).rejects.toMatchObject({
    code: 'invalid',
  });
});

test('it is deleted once nothing is in it, projects that can be restored included; all of it is in the audit log', async () => {
  const remove = () => deleteWorkspace(ports, LOCAL_OWNER, { workspace: vision });
  await expect(remove()).rejects.toMatchObject({ code: 'conflict' });
  await deleteProject(ports, LOCAL_OWNER, { project: defects });
  await expect(remove()).rejects.toMatchObject({ code: 'conflict' });
  await purgeProject(ports, LOCAL_OWNER, { project: defects });
  await remove();
  await expect(findWorkspace(ports, LOCAL_OWNER, { workspace: vision })).rejects.toMatchObject(NOT_FOUND);
  const entries = await ports.identity.audit({ limit: 20 });
  expect(entries.map(({ action, subject }) => `${action} ${subject}`).toReversed()).toEqual([
    'workspace.created workspace vision',
    'workspace.created workspace speech',
    `project.deleted project ${defects}`,
    `project.purged project ${defects}`,
    'workspace.deleted workspace vision',
  ]);
});

test('a name is unique in its workspace alone, and a project is only where there is a workspace', async () => {
  await createProject(ports, LOCAL_OWNER, { workspace: speech, name: 'defects' });
  const again = createProject(ports, LOCAL_OWNER, { workspace: vision, name: 'defects' });
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
  const nowhere = createProject(ports, LOCAL_OWNER, { workspace: workspaceId('none'), name: 'x' });
  await expect(nowhere).rejects.toMatchObject(NOT_FOUND);
});

test('whoever reads one workspace is told the same of what another one holds as of what is nowhere', async () => {
  const reader = who(inVision('viewer'));
  const missing = { code: 'not_found', details: { subject: 'project' } };
  await expect(findProject(ports, reader, { project: projectId('0') })).rejects.toMatchObject(missing);
  await expect(findProject(ports, reader, { project: projectId('99') })).rejects.toMatchObject(missing);
  const ask = { project: defects, permission: 'project:write' } as const;
  await expect(findProject(ports, reader, ask)).rejects.toMatchObject({ code: 'forbidden' });
});

test('the admins of a workspace see who holds roles in it, the server’s included, and nowhere else', async () => {
  const admin = who(inVision('admin'));
  expect(await listRoles(ports, admin, { workspace: vision })).toEqual([]);
  for (const ask of [{ workspace: speech }, {}]) {
    await expect(listRoles(ports, admin, ask)).rejects.toMatchObject({ code: 'forbidden' });
  }
});

test('live events and home tell of one’s own workspaces alone', async () => {
  const run = (n: number, project: ProjectId) => ({
    kind: 'create-run' as const,
    run: {
      id: runId(String(n).padStart(32, '0')),
      project,
      name: 'r',
      status: 'running' as const,
      userId: '',
      startedAt: n,
      wire: 'native' as const,
      artifactUri: '',
    },
  });
  const before = ports.feed.latest();
  const changes = [run(1, defects), ...Array.from({ length: 50 }, (_, n) => run(n + 2, projectId('0')))];
  await ports.writer.commit({ actor: { kind: 'local', id: 'local' }, at: 1, changes });
  const reader = who(inVision('viewer'));
  const heard = await visibleEvents(ports, reader)(ports.feed.since(before) ?? []);
  expect(heard.flatMap(({ runs }) => runs.map(({ project }) => project))).toEqual([defects]);
  // Many newer runs of another workspace do not push the last ones of this one out.
  const home = await surveyRuns(ports, LOCAL_OWNER, { workspace: vision });
  expect([home.recent.length, home.training.length, home.projects.length]).toEqual([1, 1, 1]);
  expect((await surveyRuns(ports, reader)).recent).toEqual([]);
});

test('within a workspace, whatever is asked by an id or for a list is of it', async () => {
  const id = runId('a'.repeat(32));
  const run = {
    id,
    project: defects,
    name: 'r',
    status: 'running',
    userId: '',
    startedAt: 1,
    wire: 'native',
    artifactUri: '',
  } as const;
  await ports.writer.commit({
    actor: { kind: 'local', id: 'local' },
    at: 1,
    changes: [{ kind: 'create-run', run }],
  });
  const here = withinWorkspace(ports.catalog, vision);
  const there = withinWorkspace(ports.catalog, speech);
  for (const [reader, found] of [
    [here, true],
    [there, false],
  ] as const) {
    expect((await reader.run(id)) !== undefined).toBe(found);
    expect((await reader.projectOfRun(id)) !== undefined).toBe(found);
    expect((await reader.runByNumber(defects, 1)) !== undefined).toBe(found);
    expect((await reader.runs([defects, projectId('0')], 'all')).length).toBe(found ? 1 : 0);
    expect((await reader.activeRuns()).length).toBe(found ? 1 : 0);
    expect((await reader.recentRuns(5)).length).toBe(found ? 1 : 0);
    expect((await reader.projects(vision, 'all')).length).toBe(found ? 1 : 0);
    expect((await reader.projectByName(vision, 'defects')) !== undefined).toBe(found);
    expect((await reader.workspaces()).map(({ id: each }) => each)).toEqual([found ? 'vision' : 'speech']);
  }
});
