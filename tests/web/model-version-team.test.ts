import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#core/contract/client.ts';
import { browserPath, launchBrowser } from './browser.ts';
import { registerChurn } from './registering.ts';
import { addPerson, logInAs, setUp, startTeamServer, type TeamServer } from './team-server.ts';

describe.skipIf(browserPath() === undefined)('a version among people with roles', () => {
  let browser: Browser;
  let team: TeamServer;
  let admin: Client;
  let origin: string;

  beforeAll(async () => {
    [team, browser] = await Promise.all([startTeamServer(), launchBrowser()]);
    origin = team.server.origin;
    admin = await setUp(team);
    const project = await registerChurn(admin);
    await admin.updateModelVersion({
      params: { model: 'churn', version: '2' },
      body: { setTags: [{ key: 'bias-report', value: 'yes' }] },
    });
    await addPerson(admin, origin, 'omar');
    for (const [name, role] of [
      ['li', 'editor'],
      ['vera', 'viewer'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one admin does one thing after the other
      const id = await addPerson(admin, origin, name);
      // oxlint-disable-next-line no-await-in-loop
      await admin.setRole({
        body: { holder: { kind: 'account', id }, place: { scope: 'project', project }, role },
      });
    }
  });
  afterAll(async () => {
    await browser?.close();
    await team?.server.stop();
  });

  test('an editor asks, may not approve himself, and an admin does; both pages hear of it', async () => {
    const li = await logInAs(browser, origin, 'li', { path: '/m/churn/v/2' });
    await li.page.getByRole('button', { name: 'Promote…' }).click();
    const asking = li.page.getByRole('dialog');
    await asking.getByRole('radio', { name: /@production/ }).check();
    await asking.getByLabel('Reason').fill('0.0021 better on the holdout');
    await asking.getByRole('button', { name: 'Ask for approval' }).click();
    await asking.getByRole('button', { name: 'Close' }).last().click();
    await li.page.getByText('waits for @production').waitFor();
    expect(await li.page.getByRole('button', { name: 'Approve…' }).count()).toBe(0);

    const ana = await logInAs(browser, origin, 'ana', { path: '/models' });
    await ana.page.getByRole('link', { name: '1 to approve' }).click();
    await ana.page.getByRole('button', { name: 'Review v2' }).click();
    const deciding = ana.page.getByRole('dialog');
    await deciding.getByText('0.0021 better on the holdout').waitFor();
    await deciding.getByText(/li asked .* that churn v2 gets @production/).waitFor();
    await deciding.getByRole('button', { name: 'Approve', exact: true }).click();
    await deciding.getByText('churn v2 has @production now.').waitFor();
    await li.page.locator('h1 + span', { hasText: '@production' }).waitFor();
    await Promise.all([li.page.context().close(), ana.page.context().close()]);
  });

  test('a viewer sees everything and can change nothing', async () => {
    const { page } = await logInAs(browser, origin, 'vera', { path: '/m/churn/v/1' });
    await page.getByRole('heading', { name: 'Package' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('0.9103');
    for (const name of ['Promote…', 'Deprecate', /Roll back/, 'Edit']) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    await page.goto(`${origin}/m/churn/gates`);
    await page.getByText('tagged bias-report').waitFor();
    expect(await page.getByRole('button', { name: 'Add a gate' }).count()).toBe(0);
    await page.context().close();
  });

  test('whoever has no role finds no model, and the page says so', async () => {
    const { page } = await logInAs(browser, origin, 'omar', { path: '/m/churn/v/1' });
    await page
      .getByRole('heading', { name: /Nothing is here|This could not be loaded/ })
      .or(page.getByRole('alert'))
      .first()
      .waitFor();
    expect(await page.locator('main').innerText()).not.toContain('0.9103');
    await page.context().close();
  });
});
