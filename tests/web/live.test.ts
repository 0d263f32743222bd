import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { browserPath, launchBrowser, openPage } from './browser.ts';
import { logProject, type LoggedProject } from './logging.ts';
import { pictureDifference } from './pictures.ts';
import { chartsDrawn, lastX } from './waiting.ts';

describe.skipIf(browserPath() === undefined)('live', () => {
  let server: RunningServer;
  let browser: Browser;
  let logged: LoggedProject;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    logged = await logProject(server.origin, 'digits', 3);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const logPoint = async (step: number, value: number): Promise<void> => {
    const run = logged.runs.at(-1)?.id ?? '';
    const points = [{ metric: 'val/loss', steps: [step], values: [value] }];
    await logged.client.logToRun({ params: { run }, body: { points } });
  };

  test('a logged point is in the chart within a second, without a reload', async () => {
    const { page, misdeeds } = await openPage(browser, server.origin);
    await page.goto(`${server.origin}/p/${logged.segment}/runs/3`);
    await chartsDrawn(page);
    const card = page.locator('[data-metric="val/loss"]').first();
    const before = await card.screenshot();
    const delays: number[] = [];
    for (let step = 200; step < 205; step += 1) {
      const loggedAt = performance.now();
      await logPoint(step, 3);
      await expect.poll(() => lastX(page, 'val/loss'), { interval: 20, timeout: 5000 }).toBe(step);
      delays.push(performance.now() - loggedAt);
    }
    // The quickest tells what the page does; the others also tell what else the machine does.
    expect(Math.min(...delays)).toBeLessThan(1000);
    await page.waitForTimeout(300);
    expect(await pictureDifference(page, before, await card.screenshot())).toBeGreaterThan(0);
    expect(misdeeds).toEqual({ console: [], foreignRequests: [] });
    await page.context().close();
  });

  test('a run that starts appears on home, and what it logs moves there', async () => {
    const { page, misdeeds } = await openPage(browser, server.origin);
    await page.goto(server.origin);
    await page.getByRole('heading', { name: 'Training now' }).waitFor();
    const run = await logged.client.createRun({ body: { project: logged.project.id, name: 'just-now' } });
    await page.locator(`[data-run="${run.id}"]`).waitFor();
    await logged.client.logToRun({
      params: { run: run.id },
      body: { points: [{ metric: 'val/loss', steps: [1, 2], values: [0.9, 0.4321] }] },
    });
    await page.locator(`[data-run="${run.id}"]`).getByText('0.4321').waitFor();
    expect(misdeeds).toEqual({ console: [], foreignRequests: [] });
    await page.context().close();
  });

  test('after a restart of the server the page catches up by itself', async () => {
    const { page } = await openPage(browser, server.origin);
    await page.goto(`${server.origin}/p/${logged.segment}/runs/3`);
    await chartsDrawn(page);
    await server.restart();
    await logPoint(300, 2);
    await expect.poll(() => lastX(page, 'val/loss'), { timeout: 20_000 }).toBe(300);
    await page.context().close();
  });
});
