import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, launchBrowser, openPage, PHONE } from './browser.ts';

const NONE = { console: [], foreignRequests: [] };

describe.skipIf(browserPath() === undefined)('artifacts that runs made', () => {
  let server: RunningServer;
  let browser: Browser;
  let client: Client;
  let made: { readonly id: string; readonly number: number };
  let using: { readonly id: string; readonly number: number };

  const put = (path: string, text: string) =>
    client.putRunFile({
      params: { run: made.id },
      query: { path },
      body: new TextEncoder().encode(text),
    });
  const produce = (type: string, name: string, folder: string) =>
    client.produceArtifact({ params: { run: made.id }, body: { type, name, folder, role: 'evaluation' } });

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    client = createClient(server.origin);
    made = await client.createRun({ body: { project: '0' } });
    using = await client.createRun({ body: { project: '0' } });
    await put('errors/rows.csv', 'digit,errors\n3,12\n');
    await put('errors/note.txt', 'of the held-out part');
    await put('clean/rows.csv', 'x\n1\n');
    await produce('table', 'errors by/digit', 'errors');
    await put('errors/rows.csv', 'digit,errors\n3,9\n');
    await produce('table', 'errors by/digit', 'errors');
    await produce('checkpoint', 'epoch', 'clean');
    await produce('dataset', 'clean', 'clean');
    const body = { type: 'table', name: 'errors by/digit', number: 1, role: 'input' };
    await client.useArtifact({ params: { run: using.id }, body });
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

  test('what runs made is listed beside the datasets, and leads from version to version, run and file', async () => {
    const { page, misdeeds } = await open('/');
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'clean', exact: true }).waitFor();
    await page.getByRole('link', { name: 'epoch' }).waitFor();
    await page.getByRole('link', { name: 'errors by/digit' }).click();
    await page.waitForURL(`${server.origin}/artifacts/table/errors%20by%2Fdigit/v/2`);
    await page.getByRole('heading', { name: 'errors by/digit v2' }).waitFor();
    await page.getByRole('button', { name: /rows\.csv/ }).click();
    await page.getByRole('cell', { name: '9', exact: true }).waitFor();
    expect(await page.getByText('No run that you may read used it.').count()).toBe(1);

    await page.getByRole('link', { name: /^v1 / }).click();
    await page.getByRole('heading', { name: 'errors by/digit v1' }).waitFor();
    await page.getByRole('cell', { name: '12', exact: true }).waitFor();
    await page
      .getByRole('link', { name: `Default ${using.number}` })
      .last()
      .waitFor();
    await page
      .getByRole('link', { name: `Default ${made.number}` })
      .last()
      .click();
    await page.waitForURL(new RegExp(`/runs/${made.number}(/|$)`));
    await page.getByRole('heading', { name: 'What came of it' }).waitFor();
    await page.getByRole('link', { name: /^errors by\/digit@v1 table .* evaluation$/ }).waitFor();
    await page.goto(`${server.origin}/p/0/runs/${using.number}`);
    await page.getByRole('heading', { name: 'What it used' }).waitFor();
    await page.getByRole('link', { name: /^errors by\/digit@v1 table .* input$/ }).click();
    await page.waitForURL(`${server.origin}/artifacts/table/errors%20by%2Fdigit/v/1`);
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a file of a version is a link that opens on it, and a dataset leads to its files', async () => {
    const { page, misdeeds } = await open('/artifacts/table/errors%20by%2Fdigit/v/1?file=note.txt');
    await page.getByText('of the held-out part').waitFor();
    await page.goto(`${server.origin}/d/clean`);
    await page.getByText('It was sealed from the files of a run').waitFor();
    await page
      .getByRole('link', { name: `Default ${made.number}` })
      .last()
      .waitFor();
    await page.getByRole('link', { name: 'its files' }).click();
    await page.waitForURL(`${server.origin}/artifacts/dataset/clean/v/1`);
    await page.getByRole('region', { name: 'rows.csv' }).waitFor();
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });

  test('a version that is not there is said, not shown', async () => {
    const { page } = await open('/artifacts/table/errors%20by%2Fdigit/v/9');
    await page.getByText('There is no table errors by/digit@v9.').waitFor();
    await page.goto(`${server.origin}/artifacts/table/none`);
    await page.getByText('There is no table none.').waitFor();
    expect(await page.getByRole('heading', { name: /^none/ }).count()).toBe(0);
    await page.context().close();
  });

  test.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: PHONE }],
  ] as const)('the page has no serious finding: %s', async (_, options) => {
    const { page, misdeeds } = await open('/artifacts/table/errors%20by%2Fdigit/v/1', options);
    await page
      .getByRole('link', { name: `Default ${using.number}` })
      .last()
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(misdeeds).toEqual(NONE);
    await page.context().close();
  });
});
