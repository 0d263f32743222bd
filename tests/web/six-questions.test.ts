import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { pythonFor } from '#tests/python.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { spendAMonth, type Facts } from '#tests/six-questions.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, launchBrowser, openPage, type Misdeeds } from './browser.ts';

// From home, each of the six answers is on the page, or after exactly one click; on data that an unmodified MLflow client made.

const isMissing = browserPath() === undefined || pythonFor('mlflow3') === undefined;

describe.skipIf(isMissing)('the six questions on the page', () => {
  let server: RunningServer;
  let browser: Browser;
  let facts: Facts;
  let page: Page;
  let misdeeds: Misdeeds;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    facts = await spendAMonth(server.origin);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    ({ page, misdeeds } = await openPage(browser, server.origin));
    await page.goto(server.origin);
    await production().waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    if (misdeeds.console.length + misdeeds.foreignRequests.length > 0) {
      throw new Error(`The page misbehaved: ${JSON.stringify(misdeeds)}`);
    }
  });

  /** As the page shows an accuracy. */
  const rounded = (value: number): number => Number(value.toFixed(4));
  const production = () => page.locator('[data-model="churn"]');

  test('which models are training now: on home, and one click to the run', async () => {
    const row = page.locator(`[data-run="${facts.live}"]`).first();
    await row.getByText('still training').first().waitFor();
    await row.click();
    await page.waitForURL(/\/runs\/\d+$/);
    expect(await page.getByText('still training').first().textContent()).toContain('still training');
  });

  test('which version is in production: on home, and one click to the version', async () => {
    await production()
      .getByRole('link', { name: `v${facts.version}`, exact: true })
      .click();
    await page.waitForURL(`${server.origin}/m/churn/v/${facts.version}`);
    await page.getByRole('heading', { level: 1, name: `churn v${facts.version}` }).waitFor();
    expect(await page.title()).toContain('churn');
  });

  test('how it does in development and production: both on home, and one click to both on one chart', async () => {
    const links = production().locator('a[href$="/performance"]');
    const numbers = (await links.allTextContents()).map(Number);
    expect(numbers).toEqual([rounded(facts.best), rounded(facts.production)]);
    await links.last().click();
    await page.waitForURL(/\/performance$/);
    await page
      .getByText(String(rounded(facts.production)))
      .first()
      .waitFor();
  });

  test('which metric was optimised: on home', async () => {
    expect(await production().getByText(facts.metric).first().isVisible()).toBe(true);
  });

  test('which data version trained it: on home, and one click to the dataset version', async () => {
    await production().getByRole('link', { name: 'customers@v2' }).click();
    await page.waitForURL(`${server.origin}/d/customers/v/2`);
    // Its schema, and who used it.
    await page.getByText('spent', { exact: true }).waitFor();
    const used = page.getByRole('link', { name: `churn v${facts.version}`, exact: true });
    await used.first().waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('customers v2');
  });

  test('which hyperparameters won: on home', async () => {
    const best = page.locator('section', { has: page.getByRole('heading', { name: 'Best per project' }) });
    expect(await best.locator('[title^="C: "]').first().getAttribute('title')).toBe(`C: ${facts.bestC}`);
    expect(await best.textContent()).toContain(String(rounded(facts.best)));
  });

  test.each(['light', 'dark'] as const)('home is accessible in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await seriousFindings(page)).toEqual([]);
  });
});
