import { describe, expect } from 'vitest';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE, workspaceId, type ProjectId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import { ACTOR, AT, commitOf, createProject, createWorkspace } from './sample-changes.ts';
import { accountIdOf, createUser, giveRole } from './sample-identity.ts';
import { createRegistered, registeredIdOf } from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const VISION = workspaceId('vision');
const REMOVE: Change = { kind: 'delete-workspace', workspace: VISION };
const NO_WORKSPACE = { code: 'not_found', details: { subject: 'workspace' } };
const IN_USE = { code: 'conflict', details: { reason: 'wrong-state' } };
const project: Change = { ...createProject('digits', 'd'), workspace: VISION } as Change;
const role = giveRole(accountIdOf(1), 'editor', { scope: 'workspace', workspace: VISION });

/** Specifies `WorkspaceReader` and the workspace changes. */
export function workspaceSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: workspaces`, () => {
    it('has the workspace default before its first commit, and keeps it', async ({
      catalog,
      feed,
      writer,
    }) => {
      expect(feed.latest()).toBe(0);
      const first = await catalog.workspaces();
      expect(first).toMatchObject([{ id: 'default', name: 'default', description: '' }]);
      expect(await catalog.workspace(DEFAULT_WORKSPACE)).toEqual(first[0]);
      await expect(
        writer.commit(commitOf([{ kind: 'delete-workspace', workspace: DEFAULT_WORKSPACE }])),
      ).rejects.toMatchObject({ code: 'invalid' });
      await expect(writer.commit(commitOf([createWorkspace('default')]))).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'exists' },
      });
    });

    it('creates, and refuses an id that is taken', async ({ catalog, writer }) => {
      const make = { ...createWorkspace('vision'), name: 'Vision 🎉', description: 'Seeing' } as Change;
      await writer.commit(commitOf([make]));
      const made = { createdAt: AT, updatedAt: AT, createdBy: ACTOR };
      const expected = { id: VISION, name: 'Vision 🎉', description: 'Seeing', ...made };
      expect(await catalog.workspace(VISION)).toEqual(expected);
      await writer.commit(commitOf([createWorkspace('audio')]));
      expect((await catalog.workspaces()).map(({ id }) => id)).toEqual(['audio', 'default', 'vision']);
      await expect(writer.commit(commitOf([make]))).rejects.toMatchObject({
        code: 'conflict',
        details: { subject: 'workspace', reason: 'exists' },
      });
    });

    it('sets what is present, of default too, and refuses one that is not there', async ({
      catalog,
      writer,
    }) => {
      const update = (workspace: string, words: { name?: string; description?: string }) =>
        writer.commit(
          commitOf([{ kind: 'update-workspace', workspace: workspaceId(workspace), ...words }], {
            at: AT + 5,
          }),
        );
      await update('default', { name: 'Everybody' });
      await update('default', { description: 'All' });
      expect(await catalog.workspace(DEFAULT_WORKSPACE)).toMatchObject({
        name: 'Everybody',
        description: 'All',
        updatedAt: AT + 5,
      });
      expect(await catalog.workspaces()).toHaveLength(1);
      await expect(update('none', { name: 'x' })).rejects.toMatchObject(NO_WORKSPACE);
    });

    it('has projects, registered models and roles only where there is a workspace', async ({ writer }) => {
      await writer.commit(commitOf([createUser(1)]));
      const model = createRegistered(1, 'churn', { workspace: VISION });
      for (const change of [project, role, model, REMOVE]) {
        await expect(writer.commit(commitOf([change]))).rejects.toMatchObject(NO_WORKSPACE);
      }
      await writer.commit(commitOf([createWorkspace('vision'), project, role, model]));
    });

    it('deletes an empty one with its roles, and none that holds a project or a model', async ({
      catalog,
      identity,
      writer,
    }) => {
      const elsewhere = giveRole(accountIdOf(1), 'viewer', { scope: 'project', project: DEFAULT_PROJECT });
      await writer.commit(commitOf([createUser(1), createWorkspace('vision'), role, elsewhere, project]));
      await expect(writer.commit(commitOf([REMOVE]))).rejects.toMatchObject(IN_USE);
      const id = 'd' as ProjectId;
      await writer.commit(commitOf([{ kind: 'delete-project', project: id }]));
      await expect(writer.commit(commitOf([REMOVE]))).rejects.toMatchObject(IN_USE);
      const purge: Change = { kind: 'purge-project', project: id, limit: 9 };
      await writer.commit(commitOf([createRegistered(1, 'churn', { workspace: VISION })]));
      await expect(writer.commit(commitOf([purge, REMOVE]))).rejects.toMatchObject(IN_USE);
      const forget: Change = { kind: 'delete-registered-model', model: registeredIdOf(1), reason: '' };
      await writer.commit(commitOf([purge, forget, REMOVE]));
      expect(await catalog.workspace(VISION)).toBeUndefined();
      expect((await identity.roles()).map(({ place }) => place)).toEqual([
        { scope: 'project', project: DEFAULT_PROJECT },
      ]);
      await writer.commit(commitOf([createWorkspace('vision')]));
      expect(await identity.roles()).toHaveLength(1);
    });

    it('sees projects of the same commit, and leaves nothing of a refused one', async ({
      catalog,
      writer,
    }) => {
      await expect(
        writer.commit(commitOf([createWorkspace('vision'), project, REMOVE])),
      ).rejects.toMatchObject(IN_USE);
      expect(await catalog.workspace(VISION)).toBeUndefined();
      expect(await catalog.projects(VISION, 'all')).toEqual([]);
    });

    it('says that what accounts may is old when roles go, and only then', async ({ feed, writer }) => {
      await writer.commit(commitOf([createUser(1), createWorkspace('vision')]));
      await writer.commit(commitOf([REMOVE, createWorkspace('vision')]));
      expect(feed.since(1)?.[0]?.identity).toBeUndefined();
      await writer.commit(commitOf([role]));
      await writer.commit(commitOf([REMOVE]));
      expect(feed.since(3)?.[0]?.identity).toBe('all');
    });
  });
}
