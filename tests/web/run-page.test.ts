import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { browserPath, launchBrowser, openPage } from './browser.ts';
import { logProject, putText, type LoggedProject } from './logging.ts';
import { chartsDrawn } from './waiting.ts';

describe.skipIf(browserPath() === undefined)('the run page', () => {
  let server: RunningServer;
  let browser: Browser;
  let logged: LoggedProject;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    logged = await logProject(server.origin, 'digits', 2);
    const run = logged.runs[0]?.id ?? '';
    const { client } = logged;
    await putText(client, run, 'eval/confusions.csv', 'truth,read,count\n"a, b",ab,12\n');
    await putText(client, run, 'config.json', '{"lr":0.001}');
    await putText(client, run, 'report.html', '<script>document.title = "run"</script>');
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await client.putRunFile({
      params: { run },
      query: { path: 'dot.png' },
      body: Uint8Array.from(Buffer.from(png, 'base64')),
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (tab = ''): Promise<{ page: Page; misdeeds: unknown }> => {
    const opened = await openPage(browser, server.origin);
    await opened.page.goto(`${server.origin}/p/${logged.segment}/runs/1${tab}`);
    return opened;
  };

  test('is where the links lead that MLflow prints after a run', async () => {
    const { page } = await openPage(browser, server.origin);
    const run = logged.runs[0];
    await page.goto(`${server.origin}/#/experiments/${run?.project}/runs/${run?.id}`);
    await page.waitForURL(/\/p\/[^/]+\/runs\/1$/);
    await chartsDrawn(page);
    expect(await page.locator('main').innerText()).toContain('val/loss');
  });

  test('says what was optimised and reached, with which params, from which data', async () => {
    const { page, misdeeds } = await open();
    await chartsDrawn(page);
    const text = await page.locator('main').innerText();
    for (const part of ['val/loss', 'optimizer', 'adam', 'digits@a1b2c3d4', 'finished']) {
      expect(text).toContain(part);
    }
    expect(await page.title()).toBe('digits 1 width-32 · Cairn');
    expect(misdeeds).toEqual({ console: [], foreignRequests: [] });
    await page.context().close();
  });

  test('its charts stand in groups and can be searched by a pattern that is in the address', async () => {
    const { page } = await open('/charts?m=/^val/');
    await chartsDrawn(page, 2);
    const drawn = await page
      .locator('[data-metric]')
      .evaluateAll((all) => all.map((each) => each.dataset['metric']));
    expect(drawn).toEqual(['val/acc', 'val/loss']);
    await page.context().close();
  });

  test('files are previewed as what they are, and HTML is never run', async () => {
    const { page, misdeeds } = await open('/files');
    await page.getByRole('button', { name: 'confusions.csv' }).click();
    await page.getByRole('cell', { name: 'a, b' }).waitFor();
    await page.getByRole('button', { name: 'config.json' }).click();
    await page.getByText('"lr": 0.001').waitFor();
    await page.getByRole('button', { name: 'report.html' }).click();
    await page.getByText('<script>document.title').waitFor();
    expect(await page.title()).not.toBe('run');
    await page.getByRole('button', { name: 'dot.png' }).click();
    await expect
      .poll(() =>
        page
          .getByRole('img', { name: 'dot.png' })
          .evaluate((image) => (image as HTMLImageElement).naturalWidth),
      )
      .toBe(1);
    expect(misdeeds).toEqual({ console: [], foreignRequests: [] });
    await page.context().close();
  });

  test('an address behind which nothing is says so', async () => {
    const { page } = await openPage(browser, server.origin);
    await page.goto(`${server.origin}/p/${logged.segment}/runs/99`);
    await page.getByText('This project has no run 99.').waitFor();
    expect(await page.title()).toBe('Nothing is here · Cairn');
    await page.context().close();
  });
});
