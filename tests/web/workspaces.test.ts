import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#core/contract/client.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, launchBrowser, openPage, PHONE } from './browser.ts';
import { addPerson, logInAs, setUp, startTeamServer, type TeamServer } from './team-server.ts';

const NONE = { console: [], foreignRequests: [] };
/** A browser writes every 404 into its console. */
const isOther = (line: string): boolean => !line.includes('404');

describe.skipIf(browserPath() === undefined)('workspaces', () => {
  let browser: Browser;
  let team: TeamServer;
  let admin: Client;
  let origin: string;
  let project: { readonly id: string };
  let hidden: { readonly id: string };

  beforeAll(async () => {
    [team, browser] = await Promise.all([startTeamServer(), launchBrowser()]);
    origin = team.server.origin;
    admin = await setUp(team);
    await admin.createWorkspace({ body: { id: 'vision', name: 'Vision lab' } });
    await admin.createWorkspace({ body: { id: 'speech', name: 'Speech' } });
    const li = await addPerson(admin, origin, 'li');
    const mia = await addPerson(admin, origin, 'mia');
    const place = { scope: 'workspace', workspace: 'vision' } as const;
    await admin.setRole({ body: { holder: { kind: 'account', id: li }, place, role: 'editor' } });
    await admin.setRole({ body: { holder: { kind: 'account', id: mia }, place, role: 'admin' } });
    project = await admin.createProject({ query: { workspace: 'vision' }, body: { name: 'defects' } });
    hidden = await admin.createProject({ query: { workspace: 'speech' }, body: { name: 'whispers' } });
    for (const [id, name] of [
      [project.id, 'seen run'],
      [hidden.id, 'unseen run'],
    ] as const) {
      await admin.createRun({ body: { project: id, name } });
    }
  });
  afterAll(async () => {
    await browser?.close();
    await team?.server.stop();
  });

  test('who has a role in one workspace is led there, sees it, and finds no other', async () => {
    const { page, misdeeds } = await logInAs(browser, origin, 'li');
    await page.waitForURL(`${origin}/w/vision/`);
    await page.getByText('seen run').first().waitFor();
    expect(await page.content()).not.toContain('whispers');
    expect(await page.content()).not.toContain('unseen run');
    expect(await page.getByRole('button', { name: /^Workspace / }).count()).toBe(0);
    await page.getByRole('link', { name: 'Projects', exact: true }).click();
    await page.waitForURL(`${origin}/w/vision/projects`);
    await page
      .getByRole('link', { name: /defects/ })
      .first()
      .waitFor();
    expect(await page.content()).not.toContain('Default');
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a typed address of another workspace, and of what is in it, gives not found', async () => {
    const { page, misdeeds } = await logInAs(browser, origin, 'li');
    await page.waitForURL(`${origin}/w/vision/`);
    for (const path of ['/w/speech/', '/w/speech/projects', '/w/nothing/projects', '/projects']) {
      await page.goto(origin + path);
      await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
      await page.getByRole('link', { name: 'Go to Vision lab' }).waitFor();
      expect(await page.content()).not.toContain('whispers');
    }
    for (const path of [`/w/vision/p/${hidden.id}/runs`, `/w/vision/p/${hidden.id}/runs/1`]) {
      await page.goto(origin + path);
      await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
      expect(await page.content()).not.toContain('unseen run');
    }
    expect(misdeeds.console.filter(isOther)).toEqual([]);
    await page.context().close();
  });

  test('who has several switches between them, and an old address of a project leads to its workspace', async () => {
    const { page, misdeeds } = await logInAs(browser, origin, 'ana');
    await page.getByRole('button', { name: 'Workspace default' }).click();
    await page.getByRole('menuitem', { name: /Speech/ }).click();
    await page.waitForURL(`${origin}/w/speech/`);
    await page.getByText('unseen run').first().waitFor();
    expect(await page.content()).not.toContain('defects');
    await page.goto(`${origin}/p/${project.id}/runs`);
    await page.waitForURL(`${origin}/w/vision/p/${project.id}/runs`);
    await page.getByText('seen run').first().waitFor();
    await page.getByRole('button', { name: 'Workspace Vision lab' }).waitFor();
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('an admin makes a workspace, describes it and deletes it again; one that holds something stays', async () => {
    const { page, misdeeds } = await logInAs(browser, origin, 'ana', { path: '/admin/workspaces' });
    await page.getByRole('button', { name: 'Create workspace' }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: 'Create workspace' });
    await dialog.getByLabel('Id').fill('-bad');
    await dialog.getByText('starting with a letter or digit').waitFor();
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByLabel('Id').fill('audio');
    await dialog.getByText(`${origin}/w/audio`).waitFor();
    await go.click();
    await page.getByRole('row', { name: /audio/ }).waitFor();
    await page.getByRole('button', { name: 'Edit: audio' }).click();
    await dialog.getByLabel('Name').fill('Audio');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit: Audio' }).click();
    await dialog.getByRole('button', { name: 'Delete workspace' }).click();
    await dialog.getByRole('button', { name: 'Delete workspace' }).click();
    await expect.poll(() => page.getByRole('row', { name: /Audio/ }).count()).toBe(0);
    expect(misdeeds).toEqual(NONE);
    await page.getByRole('button', { name: 'Edit: Speech' }).click();
    await dialog.getByRole('button', { name: 'Delete workspace' }).click();
    await dialog.getByRole('button', { name: 'Delete workspace' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'not empty' }).waitFor();
    await page.context().close();
  });

  test('its admin gives a role in it, without being one of the server', async () => {
    const { page, misdeeds } = await logInAs(browser, origin, 'mia');
    await page.waitForURL(`${origin}/w/vision/`);
    await page.getByRole('button', { name: 'Account of mia' }).click();
    await page.getByRole('menuitem', { name: 'Who may what here' }).click();
    await page.waitForURL(`${origin}/w/vision/access`);
    await page.getByRole('row', { name: /li/ }).first().waitFor();
    await page.getByRole('combobox', { name: 'Role of li, Workspace vision' }).selectOption('viewer');
    await expect
      .poll(async () => (await admin.listRoles({ query: { workspace: 'vision' } })).roles)
      .toContainEqual(expect.objectContaining({ role: 'viewer' }));
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('the lines of a new key carry the base path of the workspace', async () => {
    const { page } = await logInAs(browser, origin, 'mia', { path: '/w/vision/account' });
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('laptop');
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    const line = await page.getByRole('region', { name: 'MLflow' }).textContent();
    expect(line).toContain(`MLFLOW_TRACKING_URI=${origin}/w/vision`);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'the pages are accessible, quiet and fit a phone in the %s theme',
    async (colorScheme) => {
      const found: string[] = [];
      for (const path of ['/w/vision/', '/w/vision/admin/workspaces', '/w/vision/access', '/w/nothing/']) {
        const options = { colorScheme, viewport: PHONE, hasTouch: true, path };
        const { page, misdeeds } = await logInAs(browser, origin, 'ana', options);
        await page.waitForLoadState('networkidle');
        await page.waitForTimeout(300);
        found.push(...(await seriousFindings(page)).map((finding) => `${path} ${finding}`));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
        expect([path, misdeeds.console.filter(isOther)]).toEqual([path, []]);
        await page.context().close();
      }
      expect(found).toEqual([]);
    },
  );

  test('speaks Chinese', async () => {
    const { page } = await openPage(browser, origin, { locale: 'zh-CN' });
    await page.context().addCookies(await sessionOf('ana'));
    await page.goto(`${origin}/w/nothing/`);
    await page.getByText('没有工作区“nothing”').waitFor();
    expect(await page.title()).not.toContain('Nothing');
    await page.goto(`${origin}/admin/workspaces`);
    await page.getByRole('button', { name: '创建工作区' }).waitFor();
    await page.context().close();
  });

  async function sessionOf(name: string) {
    const { page } = await logInAs(browser, origin, name);
    const cookies = await page.context().cookies();
    await page.context().close();
    return cookies;
  }
});
