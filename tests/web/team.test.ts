import { spawnSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#core/contract/client.ts';
import { startServer } from '#tests/running-server.ts';
import { browserPath, launchBrowser, openPage } from './browser.ts';
import { addPerson, logInAs, PASSWORD, setUp, startTeamServer, type TeamServer } from './team-server.ts';

const NONE = { console: [], foreignRequests: [] };
const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe.skipIf(browserPath() === undefined)('set-up', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('the printed address makes the first admin, who is logged in on home; the token is in no history', async () => {
    const team = await startTeamServer();
    const { origin } = team.server;
    const { page, misdeeds } = await openPage(browser, origin);
    await page.goto(`${origin}/projects`);
    await page.waitForURL(`${origin}/setup`);
    await page.goto(`${origin}/setup#token=${team.setupToken}`);
    await page.reload();
    await page.goto(`${origin}/setup?#token=${team.setupToken}`);
    await page.getByLabel('Name', { exact: true }).fill('Ana');
    await expect.poll(() => page.url()).not.toContain(team.setupToken);
    await page.getByText('At least 12 characters').waitFor();
    await page.getByLabel('Password').fill('four words');
    await page.getByText('2 more characters').waitFor();
    const go = page.getByRole('button', { name: 'Create the account' });
    expect(await go.isDisabled()).toBe(true);
    await page.getByLabel('Password').fill(PASSWORD);
    await go.click();
    await page.waitForURL(`${origin}/`);
    await page.getByRole('heading', { name: 'Log a first run' }).waitFor();
    await page.getByRole('button', { name: 'Account of ana' }).waitFor();
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
    await team.server.stop();
  });

  test('local mode shows none of it and asks for no session', async () => {
    const server = await startServer();
    const { page, misdeeds } = await openPage(browser, server.origin);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${server.origin}/login`);
    await page.getByRole('heading', { name: 'Log a first run' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(asked).not.toContain('/api/session');
    expect(await page.getByRole('button', { name: /Account of/ }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
    await server.stop();
  });
});

describe.skipIf(browserPath() === undefined)('people of a team', () => {
  let browser: Browser;
  let team: TeamServer;
  let admin: Client;
  let origin: string;

  beforeAll(async () => {
    [team, browser] = await Promise.all([startTeamServer(), launchBrowser()]);
    origin = team.server.origin;
    admin = await setUp(team);
    await addPerson(admin, origin, 'li');
    await addPerson(admin, origin, 'marek');
  });
  afterAll(async () => {
    await browser?.close();
    await team?.server.stop();
  });

  test('the log-in leads to where somebody wanted to go; a wrong password says one sentence', async () => {
    const { page, misdeeds } = await openPage(browser, origin);
    await page.goto(`${origin}/projects?q=1`);
    await page.waitForURL(/\/login\?to=/);
    await page.getByLabel('Name').fill('ana');
    await page.getByLabel('Password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').allTextContents()).toEqual(['The name or the password is wrong.']);
    // A browser writes every 401 into its console; nothing else may be there.
    expect(misdeeds.console.filter((line) => !line.includes('401'))).toEqual([]);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${origin}/projects?q=1`);
    await page.getByRole('heading', { name: 'Projects' }).first().waitFor();
    await page.context().close();
  });

  test('too many wrong passwords say when to try again', async () => {
    await addPerson(admin, origin, 'hasty');
    const { page } = await openPage(browser, origin);
    await page.goto(`${origin}/login`);
    await page.getByLabel('Name').fill('hasty');
    const go = page.getByRole('button', { name: 'Log in' });
    const refused = page.getByText(/Too many attempts. Try again in \d+/);
    for (let tries = 0; tries < 12 && (await refused.count()) === 0; tries += 1) {
      await page.getByLabel('Password').fill(`wrong password ${tries}`);
      const answer = page.waitForResponse(`${origin}/api/session`);
      await go.click();
      await answer;
      await page.getByRole('alert').waitFor();
    }
    await refused.waitFor();
    expect(await go.isDisabled()).toBe(true);
    await page.context().close();
  });

  test('an invitation sets a password once, and logs in', async () => {
    const { invitation = '' } = await admin.createAccount({ body: { kind: 'user', name: 'sofia' } });
    const { page, misdeeds } = await openPage(browser, origin);
    await page.goto(`${origin}/join#token=${invitation}`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'You have no role yet' }).waitFor();
    await page.getByRole('button', { name: 'Account of sofia' }).waitFor();
    expect(misdeeds).toEqual(NONE);
    const again = await openPage(browser, origin);
    await again.page.goto(`${origin}/join#token=${invitation}`);
    await again.page.getByLabel('Password').fill(PASSWORD);
    await again.page.getByRole('button', { name: 'Set the password' }).click();
    await again.page.getByRole('alert').waitFor();
    await Promise.all([page.context().close(), again.page.context().close()]);
  });

  test('a session that ends asks for the password over the page, and what was asked for goes on', async () => {
    const { page } = await logInAs(browser, origin, 'li', { path: '/account' });
    await page.getByLabel('Display name').fill('Li Wei');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session ended' });
    await dialog.waitFor();
    expect(await page.getByLabel('Display name').inputValue()).toBe('Li Wei');
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByText('Saved').waitFor();
    await page.getByRole('button', { name: 'Account of Li Wei' }).waitFor();
    await page.context().close();
  });

  test('logging out leaves nothing behind', async () => {
    const { page } = await logInAs(browser, origin, 'marek');
    await page.getByRole('button', { name: 'Account of marek' }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.waitForURL(`${origin}/login`);
    await page.goto(`${origin}/account`);
    await page.waitForURL(/\/login\?to=%2Faccount/);
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  });

  test.skipIf(!hasCurl)(
    'a new key is shown once, its curl line works as it stands, and revoking ends it',
    async () => {
      const { page, misdeeds } = await logInAs(browser, origin, 'marek', { path: '/account' });
      await page.getByText('No key yet.').waitFor();
      await page.getByRole('button', { name: 'Create key' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('laptop');
      await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
      const secret = await page.getByLabel('The key').inputValue();
      expect(secret).toMatch(/^cairn-[A-Za-z0-9]{40,}$/);
      await page.keyboard.press('Escape');
      await page.getByRole('radio', { name: 'MLflow' }).waitFor();
      expect(await page.getByRole('region', { name: 'MLflow' }).textContent()).toContain(
        `MLFLOW_TRACKING_TOKEN=${secret}`,
      );
      await page.getByRole('radio', { name: 'curl' }).click();
      const line = (await page.getByRole('region', { name: 'curl' }).textContent()) ?? '';
      const run = () => spawnSync('sh', ['-ec', line.replace('curl', 'curl -fsS')], { encoding: 'utf8' });
      const ran = run();
      expect([ran.stderr, Object.keys(JSON.parse(ran.stdout) as object)]).toEqual(['', ['projects']]);
      await page.getByRole('button', { name: 'I have saved it' }).click();
      const row = page.getByRole('row', { name: /laptop/ });
      await row.waitFor();
      expect(await page.content()).not.toContain(secret);
      await row.getByRole('button', { name: 'Revoke' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
      await row.getByText('revoked').filter({ visible: true }).waitFor();
      expect(run().status).not.toBe(0);
      expect(misdeeds).toEqual(NONE);
      await page.context().close();
    },
  );

  test('one sees where one is logged in, ends one session and all others, in both languages', async () => {
    const path = '/account';
    const [first, second] = [
      await logInAs(browser, origin, 'marek'),
      await logInAs(browser, origin, 'marek'),
    ];
    const { page, misdeeds } = await logInAs(browser, origin, 'marek', { path });
    const list = page.getByRole('list', { name: 'Where you are logged in' });
    await list.getByText('this browser').waitFor();
    const rows = list.getByRole('listitem');
    const before = await rows.count();
    expect(before).toBeGreaterThanOrEqual(3);
    expect(await rows.first().textContent()).toMatch(/^Chrome · .*127\.0\.0\.1/);
    await list.getByRole('button', { name: /^End/ }).first().click();
    await expect.poll(() => rows.count()).toBe(before - 1);
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    for (const other of [first, second]) {
      await other.page.goto(`${origin}${path}`);
      await other.page.waitForURL(/\/login/);
    }
    expect(misdeeds).toEqual(NONE);
    const storageState = await page.context().storageState();
    const chinese = await openPage(browser, origin, { locale: 'zh-CN', storageState });
    await chinese.page.goto(`${origin}${path}`);
    await chinese.page.getByRole('list', { name: '登录位置' }).getByText('当前浏览器').waitFor();
    await Promise.all([first, second, { page }, chinese].map((each) => each.page.context().close()));
  });

  test('a changed password ends other sessions and keeps this one', async () => {
    const other = await logInAs(browser, origin, 'li');
    const { page } = await logInAs(browser, origin, 'li', { path: '/account' });
    await page.getByLabel('Current password').fill('wrong');
    await page.getByLabel('New password').fill(`${PASSWORD} indeed`);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The current password is wrong.').waitFor();
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Changed. Other sessions ended.').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    await other.page.goto(`${origin}/account`);
    await other.page.waitForURL(/\/login/);
    expect(new URL(page.url()).pathname).toBe('/account');
    await Promise.all([page.context().close(), other.page.context().close()]);
  });
});
