import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#core/contract/client.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, launchBrowser, openPage, PHONE, type OpenPage } from './browser.ts';
import { addPerson, logInAs, PASSWORD, setUp, startTeamServer, type TeamServer } from './team-server.ts';

const NONE = { console: [], foreignRequests: [] };
const PARTS = ['', '/teams', '/roles', '/keys', '/audit', '/health'];

describe.skipIf(browserPath() === undefined)('administration', () => {
  let browser: Browser;
  let team: TeamServer;
  let admin: Client;
  let origin: string;
  let project: string;

  beforeAll(async () => {
    [team, browser] = await Promise.all([startTeamServer(), launchBrowser()]);
    origin = team.server.origin;
    admin = await setUp(team);
    const li = await addPerson(admin, origin, 'li');
    await addPerson(admin, origin, 'marek');
    const vision = await admin.createTeam({ body: { name: 'Vision', members: [li] } });
    project = (await admin.createProject({ body: { name: 'digits' } })).id;
    await admin.setRole({
      body: {
        holder: { kind: 'team', id: vision.id },
        place: { scope: 'project', project },
        role: 'editor',
      },
    });
    const { account } = await admin.createAccount({ body: { kind: 'service', name: 'nightly' } });
    await admin.createKey({ body: { name: 'cron', account: account.id, role: 'viewer' } });
  });
  afterAll(async () => {
    await browser?.close();
    await team?.server.stop();
  });

  const open = (path: string): Promise<OpenPage> => logInAs(browser, origin, 'ana', { path });
  /** The page has what it shows, and nothing of it is still to come. */
  const filled = async (page: Page): Promise<void> => {
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await expect.poll(() => page.locator('[aria-busy=true]').count(), { timeout: 10_000 }).toBe(0);
  };
  const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name });

  test('a person is invited by a link that is shown once and works', async () => {
    const { page, misdeeds } = await open('/admin');
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Priya!');
    await dialog.getByText(/Only a to z/).waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('priya');
    await dialog.getByLabel('Display name').fill('Priya Raman');
    await dialog.getByRole('button', { name: 'Make the invitation' }).click();
    const link = await page.getByLabel('Link').inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await row(page, /Priya Raman.*invited/).waitFor();

    const guest = await openPage(browser, origin);
    await guest.page.goto(link);
    await guest.page.getByLabel('Password').fill(PASSWORD);
    await guest.page.getByRole('button', { name: 'Set the password' }).click();
    await guest.page.getByRole('button', { name: 'Account of Priya Raman' }).waitFor();
    expect(misdeeds).toEqual(NONE);
    await Promise.all([page.context().close(), guest.page.context().close()]);
  });

  test('a disabled account is refused at once, and comes back', async () => {
    const marek = await logInAs(browser, origin, 'marek');
    const { page } = await open('/admin');
    const more = page.getByRole('button', { name: 'More: marek' });
    await more.click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await row(page, /marek.*disabled/).waitFor();
    await marek.page.goto(`${origin}/account`);
    await marek.page.waitForURL(/\/login/);
    await more.click();
    await page.getByRole('menuitem', { name: 'Enable' }).click();
    await row(page, /marek.*active/).waitFor();
    const { accounts } = await admin.listAccounts({});
    expect(accounts.find(({ name }) => name === 'marek')?.disabledAt).toBeUndefined();
    await Promise.all([page.context().close(), marek.page.context().close()]);
  });

  test('a role on the server is given where it stands; the last admin keeps his', async () => {
    const { page } = await open('/admin');
    const own = page.getByLabel('Role of Ana Pereira on the server');
    await own.selectOption('viewer');
    await page.getByRole('status').getByText(/admin/).waitFor();
    await expect.poll(() => own.inputValue()).toBe('admin');
    await page.getByLabel('Role of li on the server').selectOption('viewer');
    await expect
      .poll(
        async () => (await admin.listRoles({})).roles.filter(({ place }) => place.scope === 'server').length,
      )
      .toBe(2);
    await page.getByLabel('Role of li on the server').selectOption('');
    await expect
      .poll(
        async () => (await admin.listRoles({})).roles.filter(({ place }) => place.scope === 'server').length,
      )
      .toBe(1);
    await page.context().close();
  });

  test('a team is made with its members, and deleting it says what goes with it', async () => {
    const { page, misdeeds } = await open('/admin/teams');
    await page.getByRole('button', { name: 'Create a team' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Forecasting');
    await page.getByRole('dialog').getByText('marek').first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create a team' }).click();
    await row(page, /forecasting.*marek/).waitFor();
    await page.getByRole('button', { name: 'Edit: forecasting' }).click();
    await page.getByRole('button', { name: 'Delete the team' }).click();
    await page.getByText('Its 0 roles go with it').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the team' }).click();
    await expect.poll(() => row(page, /forecasting/).count()).toBe(0);
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a role in a project is given, found by who holds it, and taken back', async () => {
    const { page } = await open('/admin/roles');
    await page.getByRole('button', { name: 'Give a role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Who').selectOption({ label: 'marek, person' });
    await dialog.getByLabel('Where').selectOption({ label: 'Project digits' });
    await dialog.getByRole('radio', { name: 'admin' }).click();
    await dialog.getByRole('button', { name: 'Give a role' }).click();
    await row(page, /marek/).waitFor();
    await page.getByRole('searchbox', { name: 'Find a person, team or place' }).fill('marek');
    await expect.poll(() => page.url()).toContain('q=marek');
    await expect.poll(() => row(page, /vision/).count()).toBe(0);

    // A project's admin reaches its roles, and nothing else of the administration.
    const marek = await logInAs(browser, origin, 'marek', { path: `/p/${project}-digits/runs` });
    await marek.page.getByRole('button', { name: 'Project', exact: true }).click();
    await marek.page.getByRole('menuitem', { name: 'Access' }).click();
    await marek.page.getByRole('heading', { name: 'Who may what in digits' }).waitFor();
    await marek.page.goto(`${origin}/admin/users`);
    await marek.page.getByText('Only admins of the server see this.').waitFor();
    expect(await marek.page.getByRole('link', { name: 'Administration' }).count()).toBe(0);

    await page.getByRole('button', { name: /Take back: marek/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await expect.poll(() => row(page, /marek/).count()).toBe(0);
    await Promise.all([page.context().close(), marek.page.context().close()]);
  });

  test('the log is filtered in the address, its chain verifies, and what is loaded is saved as CSV', async () => {
    const { page, misdeeds } = await open('/admin/audit');
    await page.getByLabel('What', { exact: true }).selectOption('team.created');
    await expect.poll(() => page.url()).toContain('action=team.created');
    await expect.poll(() => row(page, /created a team/).count()).toBeGreaterThan(0);
    expect(await row(page, /logged in/).count()).toBe(0);
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText(/The chain is intact: [\d,]+ entries/).waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const csv = readFileSync(await (await saved).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(csv[0]).toMatch(/^number,at,/);
    expect(csv.slice(1).every((line) => line.includes('team.created'))).toBe(true);
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'no page has a serious finding or a misdeed in the %s theme',
    async (colorScheme) => {
      const { page, misdeeds } = await logInAs(browser, origin, 'ana', { path: '/admin', colorScheme });
      for (const path of [...PARTS.map((part) => `/admin${part}`), '/account', `/p/${project}/access`]) {
        await page.goto(`${origin}${path}`);
        await filled(page);
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
      }
      await page.context().clearCookies();
      for (const path of ['/login', '/join']) {
        await page.goto(`${origin}${path}`);
        await page.getByRole('heading').first().waitFor();
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
      }
      expect(misdeeds).toEqual(NONE);
      await page.context().close();
    },
  );

  test('fits a phone without scrolling sideways', async () => {
    const { page } = await logInAs(browser, origin, 'ana', {
      path: '/admin',
      viewport: PHONE,
      hasTouch: true,
    });
    for (const path of [...PARTS.map((part) => `/admin${part}`), '/account']) {
      await page.goto(`${origin}${path}`);
      await filled(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, width]).toEqual([path, PHONE.width]);
    }
    await page.getByRole('button', { name: 'Account of Ana Pereira' }).click();
    await page.getByRole('menuitem', { name: 'Profile and keys' }).click();
    await page.waitForURL(`${origin}/account`);
    await page.context().close();
  });

  test('speaks Chinese', async () => {
    const { page } = await openPage(browser, origin, { locale: 'zh-CN' });
    await page.goto(`${origin}/admin`);
    await page.getByLabel('名称').fill('ana');
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { name: '服务账号' }).waitFor();
    expect(await page.title()).toBe('用户, 管理 · Cairn');
    await page.context().close();
  });
});
