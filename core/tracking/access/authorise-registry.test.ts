import { beforeAll, expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import {
  DEFAULT_WORKSPACE,
  workspaceId,
  type ProjectId,
  type RegisteredModelId,
  type WorkspaceId,
} from '#core/domain/ids.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { randomIdentities } from '#apps/server/identities.ts';
import { quickSecrets } from '#storage/conformance/quick-secrets.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import type { Ports } from '../ports/ports.ts';
import { declareGates } from '../promotions/declare-gates.ts';
import { createProject } from '../projects/create-project.ts';
import { createRegisteredModel } from '../registry/create-registered-model.ts';
import { deleteRegisteredModel } from '../registry/delete-registered-model.ts';
import { deleteVersion } from '../registry/delete-version.ts';
import { findRegisteredModel } from '../registry/find-registered-model.ts';
import { findVersion } from '../registry/find-version.ts';
import { openVersionFile } from '../registry/open-version-file.ts';
import { registerVersion } from '../registry/register-version.ts';
import { searchRegisteredModels } from '../registry/search-registered-models.ts';
import { searchVersions } from '../registry/search-versions.ts';
import { tagRegisteredModel, untagRegisteredModel } from '../registry/tag-registered-model.ts';
import { tagVersion, untagVersion } from '../registry/tag-version.ts';
import { updateRegisteredModel } from '../registry/update-registered-model.ts';
import { updateVersion } from '../registry/update-version.ts';
import { startRun } from '../runs/start-run.ts';
import { visibleEvents } from './visible-events.ts';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { LOCAL_OWNER, type Grant, type Principal, type Role } from './principal.ts';

// Who may what in the registry: by roles at the workspace or at the model's home, and of a model without a home its creator.

const workspace = DEFAULT_WORKSPACE;
const vision = workspaceId('vision');
const limit = 100;
const ports: Ports = {
  ...memoryStore(),
  clock: { now: () => 1000 },
  ids: randomIdentities,
  secrets: quickSecrets(),
};

const who = (id: string, ...grants: Grant[]): Principal => ({ kind: 'user', id, grants });
const atProject = (project: ProjectId, role: Role): Grant => ({ scope: 'project', project, role });
const atWorkspace = (role: Role, of: WorkspaceId = workspace): Grant => ({
  scope: 'workspace',
  workspace: of,
  role,
});

let home: ProjectId;
let elsewhere: ProjectId;
let model: RegisteredModel;
let homeless: RegisteredModel;
let count = 0;
beforeAll(async () => {
  await createWorkspace(ports, LOCAL_OWNER, { workspace: vision });
  home = (await createProject(ports, LOCAL_OWNER, { workspace, name: 'home' })).id;
  elsewhere = (await createProject(ports, LOCAL_OWNER, { workspace, name: 'elsewhere' })).id;
  model = await modelAt(home);
  homeless = await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name: 'homeless' });
});

async function modelAt(project: ProjectId): Promise<RegisteredModel> {
  const run = await startRun(ports, LOCAL_OWNER, { project, wire: 'native' });
  const made = await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name: `model ${(count += 1)}` });
  const ask = { workspace, id: made.id, source: 's3://bucket/model', run: run.id };
  return (await registerVersion(ports, LOCAL_OWNER, ask)).model;
}

type UseCase = (principal: Principal, id: RegisteredModelId) => Promise<unknown>;
const version = '1';
const tags = [{ key: 'k', value: 'v' }];
const READS: Readonly<Record<string, UseCase>> = {
  findRegisteredModel: (by, id) => findRegisteredModel(ports, by, { workspace, id }),
  findVersion: (by, id) => findVersion(ports, by, { workspace, id, version }),
};
const WRITES: Readonly<Record<string, UseCase>> = {
  updateRegisteredModel: (by, id) => updateRegisteredModel(ports, by, { workspace, id, description: 'x' }),
  tagRegisteredModel: (by, id) => tagRegisteredModel(ports, by, { workspace, id, tags }),
  untagRegisteredModel: (by, id) => untagRegisteredModel(ports, by, { workspace, id, key: 'k' }),
  registerVersion: (by, id) => registerVersion(ports, by, { workspace, id, source: 's3://b/m' }),
  updateVersion: (by, id) => updateVersion(ports, by, { workspace, id, version, description: 'x' }),
  tagVersion: (by, id) => tagVersion(ports, by, { workspace, id, version, tags }),
  untagVersion: (by, id) => untagVersion(ports, by, { workspace, id, version, key: 'k' }),
};
const DELETIONS: Readonly<Record<string, UseCase>> = {
  deleteVersion: (by, id) => deleteVersion(ports, by, { workspace, id, version }),
  deleteRegisteredModel: (by, id) => deleteRegisteredModel(ports, by, { workspace, id }),
};

/** `ok`, or the code of the refusal, which must have changed nothing. */
async function outcome(useCase: UseCase, by: Principal, id: RegisteredModelId): Promise<string> {
  const before = ports.feed.latest();
  const answer: unknown = await useCase(by, id).catch((error: unknown) => error);
  if (!(answer instanceof Fault)) return 'ok';
  expect(ports.feed.latest()).toBe(before);
  return answer.code;
}

test.each(Object.entries(READS))('%s is for whoever reads the workspace or the home', async (_, useCase) => {
  for (const by of [who('a', atProject(home, 'viewer')), who('b', atWorkspace('viewer'))]) {
    expect(await outcome(useCase, by, model.id)).toBe('ok');
  }
  for (const by of [who('c'), who('d', atProject(elsewhere, 'admin'))]) {
    expect(await outcome(useCase, by, model.id)).toBe('forbidden');
  }
  // Whoever reads a whole workspace is told what he would be told of one that is not there.
  expect(await outcome(useCase, who('e', atWorkspace('admin', vision)), model.id)).toBe('not_found');
});

test.each(Object.entries({ ...WRITES, ...DELETIONS }))(
  '%s is for whoever edits the workspace or the home',
  async (_, useCase) => {
    const key = { ...who('k', atProject(home, 'editor')), limit: { role: 'viewer' } } as const;
    const keyOfOthers = { ...LOCAL_OWNER, limit: { role: 'admin', projects: [elsewhere] } } as const;
    const others = [
      who('a', atProject(home, 'viewer')),
      who('b', atWorkspace('viewer')),
      who('d', atProject(elsewhere, 'admin')),
      key,
      keyOfOthers,
    ];
    const own = await modelAt(home);
    for (const by of others) expect(await outcome(useCase, by, own.id)).toBe('forbidden');
    for (const by of [who('e', atProject(home, 'editor')), who('f', atWorkspace('editor'))]) {
      expect(await outcome(useCase, by, (await modelAt(home)).id)).toBe('ok');
    }
  },
);

test.each(Object.entries({ ...READS, ...WRITES, ...DELETIONS }))(
  '%s refuses what is not there as it refuses what is not his',
  async (_, useCase) => {
    const missing = ports.ids.registeredModelId();
    const by = who('a', atProject(elsewhere, 'admin'));
    const said = (id: RegisteredModelId) => useCase(by, id).catch((error: unknown) => error);
    expect(await said(missing)).toEqual(await said(model.id));
    await expect(useCase(who('b', atWorkspace('viewer')), missing)).rejects.toMatchObject({
      code: 'not_found',
    });
  },
);

test('a new name is for whoever edits the workspace or any project of it', async () => {
  const create: UseCase = (by) =>
    createRegisteredModel(ports, by, { workspace, name: `new ${(count += 1)}` });
  const project = (await createProject(ports, LOCAL_OWNER, { workspace: vision, name: 'v' })).id;
  for (const by of [
    who('a', atWorkspace('editor')),
    who('b', atProject(elsewhere, 'editor')),
    { ...LOCAL_OWNER, limit: { role: 'editor', projects: [home] } } as const,
  ]) {
    expect(await outcome(create, by, model.id)).toBe('ok');
  }
  for (const by of [
    who('c'),
    who('d', atWorkspace('viewer')),
    who('e', atProject(home, 'viewer')),
    who('f', atProject(project, 'admin')),
    { ...LOCAL_OWNER, limit: { role: 'editor', projects: [project] } } as const,
    { ...LOCAL_OWNER, limit: { role: 'viewer' } } as const,
  ]) {
    expect(await outcome(create, by, model.id)).toBe('forbidden');
  }
});

test('a model without a home is its creator’s, until a first version brings it home', async () => {
  const creator = who('ana', atProject(home, 'editor'));
  const { id } = await createRegisteredModel(ports, creator, { workspace, name: 'ana’s' });
  for (const [name, useCase] of Object.entries(WRITES)) {
    if (name.includes('ersion')) continue;
    expect([name, await outcome(useCase, creator, id)]).toEqual([name, 'ok']);
  }
  const others = [who('bob', atProject(home, 'admin')), { ...creator, kind: 'service' } as const];
  for (const by of others)
    expect(await outcome(READS['findRegisteredModel'] as UseCase, by, id)).toBe('forbidden');
  const retired = who('ana', atProject(home, 'viewer'));
  expect(await outcome(WRITES['tagRegisteredModel'] as UseCase, retired, id)).toBe('forbidden');
  const run = await startRun(ports, creator, { project: home, wire: 'native' });
  await registerVersion(ports, creator, { workspace, id, source: 's3://b/m', run: run.id });
  expect((await ports.registry.registeredModel(id))?.project).toBe(home);
  expect(await outcome(READS['findVersion'] as UseCase, who('bob', atProject(home, 'viewer')), id)).toBe(
    'ok',
  );
  expect(await outcome(READS['findVersion'] as UseCase, who('ana', atProject(elsewhere, 'editor')), id)).toBe(
    'forbidden',
  );
});

test('a run that he only reads does not give a model a home, and one that he may not read is not registered', async () => {
  const run = await startRun(ports, LOCAL_OWNER, { project: elsewhere, wire: 'native' });
  const register = async (by: Principal) => {
    const { id } = await createRegisteredModel(ports, by, { workspace, name: `of ${(count += 1)}` });
    return registerVersion(ports, by, { workspace, id, source: 's3://b/m', run: run.id });
  };
  const reader = who('ana', atProject(home, 'editor'), atProject(elsewhere, 'viewer'));
  const { model: made, version: first } = await register(reader);
  expect([made.project, first.run]).toEqual([undefined, run.id]);
  await expect(register(who('bob', atProject(home, 'editor')))).rejects.toMatchObject({ code: 'forbidden' });
});

test('a search finds what may be read, and counts nothing else', async () => {
  const names = async (by: Principal) => {
    const found = await searchRegisteredModels(ports, by, { workspace, limit });
    const versions = await searchVersions(ports, by, { workspace, limit });
    expect(found.total).toBe(found.items.length);
    expect(versions.total).toBe(versions.items.length);
    return { models: found.items.map(({ name }) => name), versions: versions.total };
  };
  expect(await names(who('c'))).toEqual({ models: [], versions: 0 });
  expect(await names(who('d', atProject(elsewhere, 'admin')))).toEqual({ models: [], versions: 0 });
  const reader = await names(who('a', atProject(home, 'viewer')));
  expect(reader.models).toContain(model.name);
  expect(reader.models).not.toContain(homeless.name);
  const all = await names(who('b', atWorkspace('viewer')));
  expect(all.models).toEqual(expect.arrayContaining([model.name, homeless.name]));
  expect(all.versions).toBeGreaterThan(0);
});

test('what holds an alias or a stage with a gate is an admin’s to delete', async () => {
  const editor = who('e', atProject(home, 'editor'));
  const admin = who('a', atProject(home, 'admin'));
  for (const target of [
    { kind: 'alias', name: 'champion' },
    { kind: 'stage', name: 'production' },
  ] as const) {
    for (const useCase of Object.values(DELETIONS)) {
      const guarded = await modelAt(home);
      const ref = { model: guarded.id, number: 1 };
      await ports.writer.commit({
        actor: { kind: 'local', id: 'local' },
        at: 1,
        changes: [
          { kind: 'promote', version: ref, target, reason: '', checks: [] },
          { kind: 'declare-gates', model: guarded.id, gates: [{ target, checks: [] }], reason: '' },
        ],
      });
      expect(await outcome(useCase, editor, guarded.id)).toBe('forbidden');
      expect(await outcome(useCase, admin, guarded.id)).toBe('ok');
    }
  }
});

test('a model with gates keeps its name unless an admin takes it: it is not made anew without them', async () => {
  const editor = who('e', atProject(home, 'editor'));
  const admin = who('a', atProject(home, 'admin'));
  const { id, name } = await modelAt(home);
  const target = { kind: 'alias', name: 'champion' } as const;
  await declareGates(ports, LOCAL_OWNER, { workspace, id, gates: [{ target, checks: [] }] });
  const remove: UseCase = (by, of) => deleteRegisteredModel(ports, by, { workspace, id: of });
  const rename =
    (newName: string): UseCase =>
    (by, of) =>
      updateRegisteredModel(ports, by, { workspace, id: of, newName });
  expect(await outcome(rename(`${name} old`), editor, id)).toBe('forbidden');
  expect(await outcome(rename(name), editor, id)).toBe('ok');
  expect(await outcome(remove, editor, id)).toBe('forbidden');
  expect(await outcome(rename(`${name} new`), admin, id)).toBe('ok');
  expect(await outcome(remove, admin, id)).toBe('ok');
});

test('files of a version are for whoever reads files where they come from', async () => {
  const open: UseCase = (by, id) => openVersionFile(ports, by, { workspace, id, version, path: 'MLmodel' });
  expect(await outcome(open, who('c'), model.id)).toBe('forbidden');
  expect(await outcome(open, who('a', atProject(home, 'viewer')), model.id)).toBe('not_found');
});

test('live events tell of registered models that may be read', async () => {
  const before = ports.feed.latest();
  const own = await modelAt(home);
  await tagRegisteredModel(ports, LOCAL_OWNER, { workspace, id: homeless.id, tags });
  const events = ports.feed.since(before) ?? [];
  const heardBy = async (by: Principal) => {
    const visible = await visibleEvents(ports, by)(events);
    expect(visible.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence));
    return new Set(visible.flatMap(({ registered = [] }) => registered));
  };
  expect(await heardBy(LOCAL_OWNER)).toEqual(new Set([own.id, homeless.id]));
  expect(await heardBy(who('b', atWorkspace('viewer')))).toEqual(new Set([own.id, homeless.id]));
  expect(await heardBy(who('a', atProject(home, 'viewer')))).toEqual(new Set([own.id]));
  expect(await heardBy(who('d', atProject(elsewhere, 'admin')))).toEqual(new Set());
});
