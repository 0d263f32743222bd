import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, launchBrowser, openPage, PHONE } from './browser.ts';
import { registerChurn, SECOND } from './registering.ts';

const NONE = { console: [], foreignRequests: [] };

describe.skipIf(browserPath() === undefined)('the page of a version', () => {
  let server: RunningServer;
  let browser: Browser;
  let client: Client;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    client = createClient(server.origin);
    await registerChurn(client);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (path: string, options: Parameters<typeof openPage>[2] = {}) => {
    const opened = await openPage(browser, server.origin, options);
    await opened.page.goto(`${server.origin}${path}`);
    return opened;
  };
  const panel = (page: Page, title: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

  test('shows the whole origin on one screen', async () => {
    const { page, misdeeds } = await open('/m/churn/v/2');
    await page.getByRole('heading', { level: 1, name: 'churn v2' }).waitFor();
    const facts = await page.locator('main').innerText();
    for (const fact of [
      'val/auc',
      '0.9124',
      'holdout@a0a0a0a0',
      'sales@v2',
      'churn training 2',
      'nowhere yet',
    ]) {
      expect(facts).toContain(fact);
    }
    const params = panel(page, 'Hyperparameters');
    const rows = (await params.innerText()).split('\n');
    expect(rows.indexOf('max_depth')).toBeLessThan(rows.indexOf('learning_rate'));
    expect(rows.slice(rows.indexOf('max_depth'), rows.indexOf('max_depth') + 3)).toEqual([
      'max_depth',
      '5',
      'was 6',
    ]);
    expect(await panel(page, 'Signature').innerText()).toMatch(/amount\s+double[^]*p_leave\s+double/);
    expect(await panel(page, 'Origin').innerText()).toContain(SECOND.commit.slice(0, 9));
    const parts = await panel(page, 'Package').innerText();
    for (const part of ['code', 'data', 'environment', 'params', 'metrics', 'weights']) {
      expect(parts).toContain(part);
    }
    expect(parts).toContain('sha256');
    expect(await panel(page, 'Checks and approvals').innerText()).toContain('bias-report');
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('an alias leads to the version that has it, and an unknown one says so', async () => {
    const { page } = await open('/m/churn/@production');
    await page.waitForURL(`${server.origin}/m/churn/v/1`);
    await page.goto(`${server.origin}/m/churn/@nobody`);
    const missing = page.getByText('No version of churn has the alias nobody.');
    await missing.waitFor();
    expect(await missing.isVisible()).toBe(true);
    await page.context().close();
  });

  test('development and production stand on one chart, and every figure below it', async () => {
    const { page } = await open('/m/churn/v/1/performance');
    const chart = page.getByRole('img', { name: /val\/auc: 25 figures in production/ });
    await chart.waitFor();
    const texts = await chart.locator('text').allTextContents();
    expect(texts.filter((text) => /^(dev|prod) /.test(text)).toSorted()).toEqual([
      'dev 0.9103',
      'prod 0.8978',
    ]);
    expect(texts).toContain('v1 in eu-prod');
    expect(await page.getByRole('table', { name: 'Figures' }).getByRole('row').count()).toBeGreaterThan(25);
    await page.context().close();
  });

  test('the lineage leads from data to where it runs, by keyboard too', async () => {
    const { page } = await open('/m/churn/v/1/lineage');
    const graph = page.getByRole('region', { name: 'Lineage graph' });
    await graph.waitFor();
    const titles = await graph.getByRole('listitem').allInnerTexts();
    for (const part of ['sales@v1', 'churn training 1', 'churn v1', 'eu-prod']) {
      expect(titles.some((title) => title.startsWith(part))).toBe(true);
    }
    const run = graph.getByRole('link', { name: /^churn training 1/ });
    await run.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/1$/);
    await page.goBack();
    await page.getByRole('radio', { name: 'List' }).click();
    await page.getByRole('table', { name: 'Lineage' }).getByRole('row').nth(2).waitFor();
    await page.context().close();
  });

  test('MLmodel is open among the sealed files, and any of them can be read', async () => {
    const { page } = await open('/m/churn/v/2/files');
    await page.getByText('loader_module: mlflow.xgboost').waitFor();
    await page.getByRole('button', { name: /requirements\.txt/ }).click();
    await page.getByText('xgboost==3.1.2').waitFor();
    expect(new URL(page.url()).searchParams.get('file')).toContain('requirements.txt');
    await page.context().close();
  });

  test('it can be loaded by the lines that it shows', async () => {
    const { page } = await open('/m/churn/v/1');
    const lines = await page.getByRole('region', { name: 'MLflow' }).textContent();
    expect(lines).toContain('mlflow.pyfunc.load_model("models:/churn/1")');
    expect(lines).toContain('mlflow.pyfunc.load_model("models:/churn@production")');
    await page.getByRole('radio', { name: 'curl' }).click();
    const curl = (await page.getByRole('region', { name: 'curl' }).textContent()) ?? '';
    const address = /'(http[^']*\/file\?path=[^']*)'/.exec(curl)?.[1] ?? '';
    const answer = await fetch(address);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('xgb_version: 3.0.5'),
    ]);
    await page.context().close();
  });

  test('a promotion through a gate is refused with figures, asked for, approved and done, and rolled back', async () => {
    const { page, misdeeds } = await open('/m/churn/v/2');
    await page.getByRole('button', { name: 'Promote…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /@production/ }).check();
    await dialog.getByText('The gate refuses it as it is.').waitFor();
    const checks = dialog.getByRole('region', { name: 'Gate' });
    expect(await checks.innerText()).toMatch(/0\.9124[^]*0\.9103/);
    expect(await checks.innerText()).toContain('bias-report');
    await dialog.getByLabel('Reason').fill('better by 0.0021');
    await dialog.getByRole('button', { name: 'Promote', exact: true }).click();
    const refusal = dialog.getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('bias-report');
    expect((await client.getRegisteredModel({ params: { model: 'churn' } })).model.aliases).toEqual([
      { alias: 'production', version: 1 },
    ]);
    await page.keyboard.press('Escape');

    // What was missing is supplied elsewhere; the page hears of it by itself.
    await client.updateModelVersion({
      params: { model: 'churn', version: '2' },
      body: { setTags: [{ key: 'bias-report', value: 'reports/bias.html' }] },
    });
    await page.getByText('bias-report: reports/bias.html').waitFor();
    await page.getByRole('button', { name: 'Promote…' }).click();
    await dialog.getByRole('radio', { name: /@production/ }).check();
    await dialog.getByRole('button', { name: 'Ask for approval' }).click();
    await dialog.getByText('churn v2 gets @production when the approvals are there.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await page.getByText('waits for @production').waitFor();
    await page.getByRole('button', { name: 'Approve…' }).click();
    await dialog.getByLabel('Reason').fill('slices look fine');
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await dialog.getByText('churn v2 has @production now.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.locator('h1 + span', { hasText: '@production' }).waitFor();

    await page.getByRole('button', { name: 'Roll back to v1' }).click();
    await dialog.getByLabel('Reason').fill('worse on mobile');
    await dialog.getByRole('button', { name: 'Roll back to v1' }).click();
    await dialog.getByText('@production went from v2 to v1.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await page.getByRole('link', { name: 'Activity' }).click();
    const log = page.getByRole('table', { name: 'Activity' });
    await log.getByText('promotion refused').waitFor();
    const text = await log.innerText();
    for (const part of ['promotion asked', 'promotion approved', 'slices look fine', 'alias moved']) {
      expect(text).toContain(part);
    }
    await page.getByRole('button', { name: 'Verify chain' }).click();
    await page.getByText(/\d+ entries, intact/).waitFor();
    // Nobody held it before v1: v2, which was rolled back, is no way back.
    await page.goto(`${server.origin}/m/churn/v/1`);
    await page.locator('h1 + span', { hasText: '@production' }).waitFor();
    await page.getByRole('button', { name: 'Promote…' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('button', { name: /^Roll back/ }).count()).toBe(0);
    // A browser writes every refusal into its console; nothing else may be there.
    expect(misdeeds.console.filter((line) => !line.includes('403'))).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['light', 'en-US', undefined],
    ['dark', 'zh-CN', PHONE],
  ] as const)(
    'is accessible in %s, %s, and nothing scrolls sideways',
    async (colorScheme, locale, viewport) => {
      const { page, misdeeds } = await open('/m/churn/v/1', {
        colorScheme,
        locale,
        ...(viewport && { viewport }),
      });
      await page.getByRole('img', { name: /val\/auc/ }).waitFor();
      for (const tab of ['', '/performance', '/lineage', '/files', '/activity']) {
        // One page, one tab after the other.
        // oxlint-disable no-await-in-loop
        await page.goto(`${server.origin}/m/churn/v/1${tab}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        expect([tab, await seriousFindings(page)]).toEqual([tab, []]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([tab, overflow <= 0]).toEqual([tab, true]);
        // oxlint-enable no-await-in-loop
      }
      expect(misdeeds).toEqual(NONE);
      await page.context().close();
    },
  );
});
