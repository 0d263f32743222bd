import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, launchBrowser, openPage, PHONE } from './browser.ts';
import { registerChurn } from './registering.ts';

const NONE = { console: [], foreignRequests: [] };
const MANY = 230;

describe.skipIf(browserPath() === undefined)('registered models', () => {
  let server: RunningServer;
  let browser: Browser;
  let client: Client;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    client = createClient(server.origin);
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

  test('an empty registry shows the lines that register a first model, and the model as soon as they ran', async () => {
    const { page, misdeeds } = await open('/models');
    await page.getByRole('heading', { name: 'Register a first model' }).waitFor();
    expect(await page.getByRole('region', { name: 'MLflow' }).textContent()).toContain(
      'registered_model_name="digits"',
    );
    expect(await page.getByRole('link', { name: 'Models' }).getAttribute('aria-current')).toBe('page');
    await registerChurn(client);
    await page.getByRole('link', { name: 'churn', exact: true }).waitFor();
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a row says what is in production and how it does there and in development', async () => {
    const { page } = await open('/models');
    const row = page.getByRole('row', { name: /churn/ });
    await row.waitFor();
    const text = await row.innerText();
    for (const part of ['v1', 'val/auc', '0.9103', '0.8978', '−0.0125']) expect(text).toContain(part);
    await row.getByRole('link', { name: 'v1' }).click();
    await page.waitForURL(`${server.origin}/m/churn/v/1`);
    await page.context().close();
  });

  test('many models are paged in as one scrolls, and found by a part of their name', async () => {
    for (let i = 0; i < MANY; i += 10) {
      // Ten at a time.
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          client.createRegisteredModel({ body: { name: `many-${String(i + at).padStart(3, '0')}` } }),
        ),
      );
    }
    const { page, misdeeds } = await open('/models');
    await page
      .getByText(String(MANY + 1))
      .first()
      .waitFor();
    const scroller = page.getByRole('group', { name: 'Models' });
    await scroller.getByRole('row').nth(5).waitFor();
    expect(await scroller.getByRole('row').count()).toBeLessThan(80);
    await expect
      .poll(async () => {
        await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return page.getByRole('link', { name: `many-${MANY - 1}` }).count();
      })
      .toBe(1);
    await page.getByRole('searchbox', { name: 'Find a model' }).fill('Y-12');
    await page.getByRole('link', { name: 'many-120' }).waitFor();
    await expect.poll(() => scroller.getByRole('link', { name: /^many-/ }).count()).toBe(10);
    await page.reload();
    await page.getByRole('link', { name: 'many-129' }).waitFor();
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a model shows who holds which name, since when, and all versions; two of them are compared by keys', async () => {
    const { page, misdeeds } = await open('/m/churn');
    await page.getByRole('heading', { level: 1, name: 'churn' }).waitFor();
    await page.getByRole('link', { name: /^production: v1, since/ }).waitFor();
    await page.getByRole('link', { name: /^eu-prod: v1, since/ }).waitFor();
    await page.getByRole('img', { name: /v1, dev 0\.9103, prod 0\.8978/ }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Compare v1 with v2' }).waitFor();
    await page.keyboard.press('c');
    await page.waitForURL(`${server.origin}/m/churn/compare?a=1&b=2`);
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a comparison shows only what differs, first, and texts line by line', async () => {
    const { page, misdeeds } = await open('/m/churn/compare?a=1&b=2');
    const table = page.getByRole('table', { name: 'Compare versions' });
    await table.getByText('max_depth').waitFor();
    const row = (key: string) => table.locator(`[data-key="${key}"]`).innerText();
    expect((await row('max_depth')).split('\n')).toEqual(['max_depth', '6', '5', '−1']);
    expect(await row('val/auc development')).toContain('+0.0021');
    await table.locator('[data-key="xgboost"]').waitFor();
    expect((await row('xgboost')).split('\n')).toEqual(['xgboost', '3.0.5', '3.1.2']);
    expect(await row('sales training')).toMatch(/v1 d1d1d1d1[^]*v2 d2d2d2d2/);
    expect(await table.getByText('learning_rate').count()).toBe(0);
    await page.getByText('xgboost==3.0.5').waitFor();
    await page.getByText('xgboost==3.1.2').waitFor();
    await page.getByRole('radio', { name: /^All/ }).click();
    await table.getByText('learning_rate').waitFor();
    expect(new URL(page.url()).searchParams.get('all')).toBe('1');
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('an admin declares a gate by a form, and describes the model', async () => {
    const { page, misdeeds } = await open('/m/churn/gates');
    await page.getByText('val/auc on holdout is at least as good as that of the current holder').waitFor();
    await page.getByRole('button', { name: 'Add a gate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Guards an').selectOption('stage');
    await dialog.getByLabel('Add a check').selectOption('data-age');
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Days').fill('60');
    await dialog.getByLabel('Approvals').selectOption('2');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('2 approvals by different admins').waitFor();
    const { model } = await client.getRegisteredModel({ params: { model: 'churn' } });
    expect(model.gates[1]).toEqual({
      target: { kind: 'stage', name: 'production' },
      checks: [{ kind: 'data-age', days: 60 }],
      approval: { role: 'admin', count: 2 },
    });
    await page.getByRole('button', { name: 'Edit description, owner and tags' }).click();
    await dialog.getByLabel('Description').fill('Who leaves within 60 days.');
    await dialog.getByLabel('Owner').fill('ana');
    await dialog.getByLabel('Tags').fill('team: growth');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const main = page.locator('main');
    await main.getByText('team: growth').waitFor();
    await main.getByText('Who leaves within 60 days.').waitFor();
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a model or version that is not there says so', async () => {
    const { page } = await open('/m/nothing');
    await page.getByText('There is no registered model nothing.').waitFor();
    await page.goto(`${server.origin}/m/churn/v/99`);
    await page.getByText('churn has no version 99.').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Nothing is here');
    await page.context().close();
  });

  test.each([
    ['light', 'en-US', undefined],
    ['dark', 'zh-CN', PHONE],
  ] as const)(
    'is accessible in %s, %s, and nothing scrolls sideways',
    async (colorScheme, locale, viewport) => {
      const { page } = await open('/models', { colorScheme, locale, ...(viewport && { viewport }) });
      for (const path of [
        '/models',
        '/m/churn',
        '/m/churn/gates',
        '/m/churn/activity',
        '/m/churn/compare?a=1&b=2',
      ]) {
        // One page after the other.
        // oxlint-disable no-await-in-loop
        await page.goto(`${server.origin}${path}`);
        await page.getByRole('heading').first().waitFor();
        await page.waitForLoadState('networkidle');
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([path, overflow <= 0]).toEqual([path, true]);
        // oxlint-enable no-await-in-loop
      }
      await page.context().close();
    },
  );
});
