import { describe, expect } from 'vitest';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import {
  ACTOR,
  AT,
  commitOf,
  createProject,
  createRun,
  createWorkspace,
  runIdOf,
  tagsOf,
} from './sample-changes.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const OTHER_RUN = runIdOf(2);
const WRONG_STATE = { code: 'invalid', details: { reason: 'wrong-state' } };

/** Specifies `ProjectReader` and the project changes. */
export function projectSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: projects`, () => {
    it('has the project Default from its first start', async ({ catalog, feed }) => {
      const project = await catalog.project(DEFAULT_PROJECT);
      expect(project).toMatchObject({ id: '0', workspace: 'default', name: 'Default', objectives: [] });
      expect(project?.createdBy.kind).toBe('system');
      expect(project?.deletedAt).toBeUndefined();
      expect(feed.latest()).toBe(0);
    });

    it('gives decimal ids that nobody took, fills them into the location, and tells them in order', async ({
      writer,
      catalog,
    }) => {
      const receipt = await writer.commit(
        commitOf([createProject('a'), createProject('b', '2'), createProject('c')]),
      );
      expect(receipt.projects).toEqual(['1', '3']);
      expect(await catalog.project('3' as ProjectId)).toMatchObject({
        name: 'c',
        artifactLocation: 'mlflow-artifacts:/3',
        createdAt: AT,
        updatedAt: AT,
        createdBy: ACTOR,
      });
      const all = await catalog.projects(DEFAULT_WORKSPACE, 'all');
      expect(all.map((project) => project.name)).toEqual(['Default', 'a', 'b', 'c']);
    });

    it('refuses a taken name, also of a deleted project, and a taken id', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createProject('a', 'one')]));
      await expect(writer.commit(commitOf([createProject('a')]))).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'exists' },
      });
      await writer.commit(commitOf([{ kind: 'delete-project', project: 'one' as ProjectId }]));
      await expect(writer.commit(commitOf([createProject('a')]))).rejects.toMatchObject({ code: 'conflict' });
      await expect(writer.commit(commitOf([createProject('b', 'one')]))).rejects.toMatchObject({
        code: 'conflict',
      });
      expect(await catalog.projectByName(DEFAULT_WORKSPACE, 'b')).toBeUndefined();
      expect(await catalog.projectByName(DEFAULT_WORKSPACE, 'a')).toMatchObject({ id: 'one' });
    });

    it('keeps names apart by workspace, by case and by accent', async ({ writer, catalog }) => {
      const team = workspaceId('team');
      const elsewhere = { ...createProject('Default'), workspace: team } as ReturnType<typeof createProject>;
      await writer.commit(
        commitOf([createWorkspace('team'), elsewhere, createProject('default'), createProject('défault')]),
      );
      expect(await catalog.projects(team, 'active')).toHaveLength(1);
      expect(await catalog.projects(DEFAULT_WORKSPACE, 'active')).toHaveLength(3);
      expect((await catalog.projectByName(team, 'Default'))?.id).not.toBe('0');
    });

    it('renames, and refuses a taken name, a deleted project and none', async ({ writer, catalog }) => {
      const rename = (project: string, to: string) =>
        writer.commit(
          commitOf([{ kind: 'rename-project', project: project as ProjectId, name: to }], { at: AT + 5 }),
        );
      await writer.commit(commitOf([createProject('a', 'one'), createProject('b', 'two')]));
      await rename('one', 'c');
      await rename('one', 'c');
      expect(await catalog.projectByName(DEFAULT_WORKSPACE, 'c')).toMatchObject({
        id: 'one',
        updatedAt: AT + 5,
      });
      await expect(rename('one', 'b')).rejects.toMatchObject({ code: 'conflict' });
      await expect(rename('three', 'd')).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'project' },
      });
      await writer.commit(commitOf([{ kind: 'delete-project', project: 'one' as ProjectId }]));
      await expect(rename('one', 'd')).rejects.toMatchObject(WRONG_STATE);
    });

    it('deletes a project with its runs and restores all of them', async ({ writer, catalog }) => {
      const change = (kind: 'delete-project' | 'restore-project') =>
        writer.commit(commitOf([{ kind, project: DEFAULT_PROJECT }], { at: AT + 9 }));
      await writer.commit(
        commitOf([createRun(RUN), createRun(OTHER_RUN), { kind: 'delete-run', run: OTHER_RUN }]),
      );
      await expect(change('restore-project')).rejects.toMatchObject({ code: 'not_found' });
      await change('delete-project');
      expect((await catalog.project(DEFAULT_PROJECT))?.deletedAt).toBe(AT + 9);
      expect((await catalog.run(RUN))?.deletedAt).toBe(AT + 9);
      expect((await catalog.run(OTHER_RUN))?.deletedAt).toBe(AT);
      expect(await catalog.projects(DEFAULT_WORKSPACE, 'active')).toEqual([]);
      expect(await catalog.projects(DEFAULT_WORKSPACE, 'deleted')).toHaveLength(1);
      await expect(change('delete-project')).rejects.toMatchObject({ code: 'not_found' });
      await expect(writer.commit(commitOf([createRun(runIdOf(3))]))).rejects.toMatchObject(WRONG_STATE);
      await change('restore-project');
      expect((await catalog.project(DEFAULT_PROJECT))?.deletedAt).toBeUndefined();
      expect(await catalog.runs([DEFAULT_PROJECT], 'active')).toHaveLength(2);
    });

    it('sets and deletes tags, and refuses both on a deleted project', async ({ writer, catalog }) => {
      const set = (tags: Record<string, string>) =>
        writer.commit(commitOf([{ kind: 'set-project-tags', project: DEFAULT_PROJECT, tags: tagsOf(tags) }]));
      const unset = (key: string) =>
        writer.commit(commitOf([{ kind: 'delete-project-tag', project: DEFAULT_PROJECT, key }]));
      await set({ team: 'vision', constructor: 'x' });
      await set({ team: 'speech' });
      await unset('constructor');
      expect((await catalog.project(DEFAULT_PROJECT))?.tags).toEqual(new Map([['team', 'speech']]));
      await expect(unset('toString')).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'tag' },
      });
      await writer.commit(commitOf([{ kind: 'delete-project', project: DEFAULT_PROJECT }]));
      await expect(set({ a: 'b' })).rejects.toMatchObject(WRONG_STATE);
      await expect(unset('team')).rejects.toMatchObject(WRONG_STATE);
    });

    it('appends to the history of objectives, also by the project tag', async ({ writer, catalog }) => {
      const tag = (value: string) =>
        writer.commit(
          commitOf([
            {
              kind: 'set-project-tags',
              project: DEFAULT_PROJECT,
              tags: tagsOf({ 'cairn.objective': value }),
            },
          ]),
        );
      await tag('max val/auc');
      await tag('max val/auc');
      const objective = { metric: 'loss', direction: 'min', aggregate: 'last', origin: 'declared' } as const;
      await writer.commit(commitOf([{ kind: 'set-objective', project: DEFAULT_PROJECT, objective }]));
      await tag('max val/auc');
      await writer.commit(
        commitOf([{ kind: 'delete-project-tag', project: DEFAULT_PROJECT, key: 'cairn.objective' }]),
      );
      await expect(tag('the best one')).rejects.toMatchObject({ code: 'invalid' });
      const project = await catalog.project(DEFAULT_PROJECT);
      expect(project?.objectives.map((entry) => entry.objective?.metric ?? null)).toEqual([
        'val/auc',
        'loss',
        'val/auc',
        null,
      ]);
      expect(project?.objectives[0]).toMatchObject({ at: AT, actor: ACTOR });
      expect(project?.tags.size).toBe(0);
      await expect(
        writer.commit(commitOf([{ kind: 'set-objective', project: 'none' as ProjectId, objective: null }])),
      ).rejects.toMatchObject({ code: 'not_found' });
    });

    it('takes an objective with the project that it creates', async ({ writer, catalog }) => {
      await writer.commit(
        commitOf([
          createProject('a', 'a', tagsOf({ 'cairn.objective': 'min loss last', ['__proto__x']: 'y' })),
        ]),
      );
      const project = await catalog.project('a' as ProjectId);
      expect(project?.objectives.at(-1)?.objective).toEqual({
        metric: 'loss',
        direction: 'min',
        aggregate: 'last',
        origin: 'declared',
      });
    });
  });
}
