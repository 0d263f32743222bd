import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, launchBrowser, openPage, PHONE } from './browser.ts';
import { logProject, type LoggedProject } from './logging.ts';

const THEMES = ['light', 'dark'] as const;

describe.skipIf(browserPath() === undefined)('every page', () => {
  let full: RunningServer;
  let empty: RunningServer;
  let browser: Browser;
  let logged: LoggedProject;

  beforeAll(async () => {
    [full, empty, browser] = await Promise.all([startServer(), startServer(), launchBrowser()]);
    logged = await logProject(full.origin, 'digits', 12);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([full?.stop(), empty?.stop()]);
  });

  const pages = (): ReadonlyArray<readonly [name: string, url: string]> => [
    ['home', full.origin],
    ['empty', empty.origin],
    ['projects', `${full.origin}/projects`],
    ['board', `${full.origin}/p/${logged.segment}/runs?base=1&pin=2`],
    ['run', `${full.origin}/p/${logged.segment}/runs/1`],
    ['run charts', `${full.origin}/p/${logged.segment}/runs/1/charts`],
    ['run files', `${full.origin}/p/${logged.segment}/runs/1/files`],
  ];

  const settle = async (page: Page): Promise<void> => {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(300);
  };

  test.each(THEMES)(
    'has no serious accessibility finding and no misdeed in the %s theme',
    async (colorScheme) => {
      const found: string[] = [];
      for (const [name, url] of pages()) {
        const { page, misdeeds } = await openPage(browser, new URL(url).origin, { colorScheme });
        await page.goto(url);
        await settle(page);
        found.push(...(await seriousFindings(page)).map((finding) => `${name} ${finding}`));
        expect({ name, ...misdeeds }).toEqual({ name, console: [], foreignRequests: [] });
        await page.context().close();
      }
      expect(found).toEqual([]);
    },
  );

  test('fits a phone without scrolling sideways', async () => {
    for (const [name, url] of pages()) {
      const { page } = await openPage(browser, new URL(url).origin, { viewport: PHONE, hasTouch: true });
      await page.goto(url);
      await settle(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ name, width }).toEqual({ name, width: PHONE.width });
      await page.context().close();
    }
  });

  test('speaks Chinese to who asks for it, and the choice is kept', async () => {
    const { page, misdeeds } = await openPage(browser, full.origin, { locale: 'zh-CN' });
    await page.goto(full.origin);
    await page.getByRole('heading', { name: '正在训练' }).waitFor();
    expect(await page.title()).toBe('首页 · Cairn');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Training now' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Training now' }).waitFor();
    expect(misdeeds).toEqual({ console: [], foreignRequests: [] });
    await page.context().close();
  });
});
