import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_WORKSPACE, type ProjectId, type RunId } from '#core/domain/ids.ts';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER, type Principal } from '../access/principal.ts';
import { putFile } from '../files/put-file.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject } from '../projects/create-project.ts';
import { deleteRun } from '../runs/delete-run.ts';
import { startRun } from '../runs/start-run.ts';
import { artifactDetail } from './artifact-detail.ts';
import { listArtifacts } from './list-artifacts.ts';
import { openArtifactFile } from './open-artifact-file.ts';
import { produceArtifact } from './produce-artifact.ts';
import { useArtifact } from './use-artifact.ts';

const errors = { type: 'table', name: 'errors' } as const;

let ports: Ports;
let projects: readonly [ProjectId, ProjectId];
beforeEach(async () => {
  ports = teamPorts(memoryStore(), { now: 1_700_000_000_000 });
  const create = async (name: string) =>
    (await createProject(ports, LOCAL_OWNER, { workspace: DEFAULT_WORKSPACE, name })).id;
  projects = [await create('a'), await create('b')];
});

/** Somebody who edits one project and sees no other. */
const editor = (project: ProjectId): Principal => ({
  kind: 'user',
  id: 'eve',
  grants: [{ scope: 'project', workspace: DEFAULT_WORKSPACE, project, role: 'editor' } as never],
});
const start = async (project: ProjectId): Promise<RunId> =>
  (await startRun(ports, LOCAL_OWNER, { project, wire: 'native' })).id;
const filled = async (project: ProjectId): Promise<RunId> => {
  const run = await start(project);
  const bytes = ReadableStream.from([new TextEncoder().encode('rows')]);
  await putFile(ports, LOCAL_OWNER, { owner: { kind: 'run', run }, path: 'out/rows.csv', bytes });
  return run;
};

test('an artifact of a project that one does not see cannot be used, and is told like one that is not there', async () => {
  const [a, b] = projects;
  await produceArtifact(ports, LOCAL_OWNER, { ...errors, run: await filled(a), folder: 'out' });
  const mine = await start(b);
  const refusal = async (ask: object) =>
    useArtifact(ports, editor(b), { ...errors, run: mine, ...ask }).catch((error: unknown) => error);
  const [hidden, missing] = [await refusal({}), await refusal({ name: 'other' })];
  expect(hidden).toMatchObject({ code: 'not_found', details: { subject: 'artifact' } });
  expect((missing as Error).message.replace('other', 'errors')).toBe((hidden as Error).message);
  // Somebody who sees both projects uses it there: from then on the run that one sees speaks of it.
  await useArtifact(ports, LOCAL_OWNER, { ...errors, run: mine });
  expect(await useArtifact(ports, editor(b), { ...errors, run: mine, number: 1 })).toMatchObject({
    number: 1,
  });
});

test('only whoever may write the run says what it made and used, and not of a deleted one', async () => {
  const [a, b] = projects;
  const run = await filled(a);
  await expect(produceArtifact(ports, editor(b), { ...errors, run })).rejects.toMatchObject({
    code: expect.stringMatching(/^(forbidden|not_found)$/),
  });
  expect(await produceArtifact(ports, editor(a), { ...errors, run })).toMatchObject({ number: 1 });
  await deleteRun(ports, LOCAL_OWNER, { run });
  for (const asked of [produceArtifact, useArtifact]) {
    // oxlint-disable-next-line no-await-in-loop
    await expect(asked(ports, LOCAL_OWNER, { ...errors, run })).rejects.toMatchObject({
      code: 'invalid',
      details: { reason: 'wrong-state' },
    });
  }
});

test('who used a version is told of it; what it holds is shown by whose run made it', async () => {
  const [a, b] = projects;
  await produceArtifact(ports, LOCAL_OWNER, { ...errors, run: await filled(a), folder: 'out' });
  const version = { ...errors, workspace: DEFAULT_WORKSPACE, number: 1 };
  await expect(artifactDetail(ports, editor(b), version)).rejects.toMatchObject({ code: 'forbidden' });
  const listed = async () => (await listArtifacts(ports, editor(b), { ...version, limit: 10 })).rows;
  expect(await listed()).toEqual([]);

  const using = await start(b);
  await useArtifact(ports, LOCAL_OWNER, { ...errors, run: using });
  const told = await artifactDetail(ports, editor(b), version);
  expect([told.content, told.makers, told.users.map(({ chip }) => chip.id)]).toEqual([
    undefined,
    [],
    [using],
  ]);
  expect(await listed()).toMatchObject([{ latest: { number: 1 }, versions: 1 }]);
  const file = { ...version, path: 'rows.csv' };
  await expect(openArtifactFile(ports, editor(b), file)).rejects.toMatchObject({ code: 'not_found' });
  for (const who of [editor(a), LOCAL_OWNER]) {
    // oxlint-disable-next-line no-await-in-loop
    expect((await artifactDetail(ports, who, version)).content?.files).toBe(1);
    // oxlint-disable-next-line no-await-in-loop
    expect((await openArtifactFile(ports, who, file)).file.sizeBytes).toBe(4);
  }
});
