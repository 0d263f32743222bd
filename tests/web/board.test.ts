import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { browserPath, launchBrowser, openPage } from './browser.ts';
import { logProject, START, type LoggedProject } from './logging.ts';
import { pictureDifference } from './pictures.ts';
import { chartsDrawn } from './waiting.ts';

const NOW = START + 86_400_000;

describe.skipIf(browserPath() === undefined)('the board', () => {
  let server: RunningServer;
  let browser: Browser;
  let logged: LoggedProject;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    logged = await logProject(server.origin, 'digits', 12);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (search = ''): Promise<Awaited<ReturnType<typeof openPage>>> => {
    const opened = await openPage(browser, server.origin);
    await opened.page.clock.setFixedTime(NOW);
    await opened.page.goto(`${server.origin}/p/${logged.segment}/runs${search}`);
    await chartsDrawn(opened.page);
    return opened;
  };
  const rows = (page: Page) => page.locator('[role=row][data-number]');
  const numbers = (page: Page): Promise<number[]> =>
    rows(page).evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-number'))));

  test('a filter, a selection and a baseline are in the address, and the address gives the same picture', async () => {
    const { page, misdeeds } = await open();
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('params.lr < 0.01 ');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows(page).count()).toBe(8);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    for (const key of ['j', 'b', 'j', 'p', 'j', 'v', 'j', 'v']) await page.keyboard.press(key);
    await expect.poll(() => page.url()).toMatch(/base=1.*pin=2/);
    await chartsDrawn(page);
    // The focus ring and the row's cursor are the reader's own, not part of the view.
    await page.keyboard.press('u');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(page.url());

    const again = await openPage(browser, server.origin);
    await again.page.clock.setFixedTime(NOW);
    await again.page.goto(copied);
    await chartsDrawn(again.page);
    await page.reload();
    await chartsDrawn(page);
    const [one, other] = await Promise.all([page.screenshot(), again.page.screenshot()]);
    expect(await pictureDifference(page, one, other)).toBeLessThan(0.001);
    expect(await numbers(again.page)).toEqual(await numbers(page));
    const none = { console: [], foreignRequests: [] };
    expect([misdeeds, again.misdeeds]).toEqual([none, none]);
    await Promise.all([page.context().close(), again.page.context().close()]);
  });

  test('best runs come first, and a clicked head sorts and turns', async () => {
    const { page } = await open();
    expect((await numbers(page)).slice(0, 3)).toEqual([1, 2, 3]);
    const head = page.getByRole('button', { name: 'age', exact: true });
    await head.click();
    await expect.poll(() => numbers(page)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    await head.click();
    await expect.poll(() => numbers(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    await page.context().close();
  });

  test('a mistake in the filter is underlined where it is, and the runs stay', async () => {
    const { page } = await open();
    const filter = page.getByRole('combobox', { name: 'Filter runs' });
    await filter.fill('params.lr <> 3');
    await filter.press('Escape');
    await expect.poll(() => page.locator('[data-mistake]').textContent()).toBe('> 3'.slice(0, 1));
    expect(await page.getByRole('alert').textContent()).toContain('position 11');
    expect(await rows(page).count()).toBe(12);
    await page.context().close();
  });

  test('the filter completes the names that the project has', async () => {
    const { page } = await open();
    await page.getByRole('combobox', { name: 'Filter runs' }).click();
    await page.keyboard.type('val/l');
    const option = page.getByRole('option', { name: /val\/loss/ });
    await option.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type('< 0.4');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows(page).count()).toBeLessThan(12);
    await page.context().close();
  });

  test('a line sample shows and hides its run, and the palette knows what the page can do', async () => {
    const { page } = await open('?sel=1,2');
    await page.getByRole('button', { name: 'Show or hide run 2 in the charts' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('sel')).toBe('1');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('Charts');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('show')).toBe('charts');
    await page.context().close();
  });

  test('deleted runs are gone until undo brings them back', async () => {
    const { page } = await open();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => rows(page).count()).toBe(11);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rows(page).count()).toBe(12);
    await page.context().close();
  });

  test('Shift and a click select the rows in between, and the address keeps them', async () => {
    const { page } = await open();
    await rows(page)
      .nth(1)
      .click({ position: { x: 8, y: 4 } });
    await rows(page)
      .nth(4)
      .click({ position: { x: 8, y: 4 }, modifiers: ['Shift'] });
    await expect.poll(() => new URL(page.url()).searchParams.get('mark')).toBe('2,3,4,5');
    await page.reload();
    await page.getByText('4 selected').waitFor();
    await page.context().close();
  });

  test('what is typed right after Ctrl K is the search, and no key of the page', async () => {
    const { page } = await open();
    await page.keyboard.press('j');
    const before = page.url();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('vb');
    const box = page.getByRole('combobox', { name: 'Search and commands' });
    await expect.poll(() => box.inputValue()).toBe('vb');
    expect(page.url()).toBe(before);
    await page.context().close();
  });

  test('a filter by a metric that no run has says so', async () => {
    const { page } = await openPage(browser, server.origin);
    await page.goto(`${server.origin}/p/${logged.segment}/runs?q=metrics.los+%3C+1`);
    const said = page.getByText('No run of this project has metrics.los.');
    await said.waitFor();
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('metrics.`val/loss` < 9 ');
    await page.keyboard.press('Enter');
    await expect.poll(() => said.count()).toBe(0);
    await page.context().close();
  });

  test('a deleted project comes back by undo, and from the list of deleted ones', async () => {
    const spare = await logProject(server.origin, 'spare', 1);
    const { page } = await openPage(browser, server.origin);
    const remove = async (): Promise<void> => {
      await page.goto(`${server.origin}/p/${spare.segment}/runs`);
      await page.getByRole('button', { name: 'Project', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Delete the project' }).click();
      await page.waitForURL(`${server.origin}/projects`);
    };
    const link = page.getByRole('main').getByRole('link', { name: /spare/ });
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await link.waitFor();
    await remove();
    await page.getByRole('link', { name: 'Deleted projects' }).click();
    await page.getByRole('button', { name: 'Restore: spare' }).click();
    await page.getByText('No deleted project.').waitFor();
    await page.goto(`${server.origin}/projects`);
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(`/p/${spare.segment}/runs`);
    await page.context().close();
  });

  test('a deleted run is restored from its project’s list, or deleted for ever', async () => {
    const { client, project, runs } = await logProject(server.origin, 'bin', 2);
    await Promise.all(runs.map(({ id }) => client.deleteRun({ params: { run: id } })));
    const { page } = await openPage(browser, server.origin);
    await page.goto(`${server.origin}/p/${project.id}/deleted`);
    await page.getByRole('button', { name: 'Restore: run 1' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Restore: run 1' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Delete for ever: run 2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for ever' }).click();
    await page.getByText('No deleted run.').waitFor();
    const found = await client.searchRuns({ body: { projects: [project.id], view: 'all' } });
    expect(found.runs.map(({ number }) => number)).toEqual([1]);
    await page.context().close();
  });
});
