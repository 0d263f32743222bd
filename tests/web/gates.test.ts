import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#core/contract/client.ts';
import { DATA_AGE_MS, GATE_KINDS, guardedModel, trainedVersion } from '../access/gate-kinds.ts';
import { startServer, type RunningServer } from '../running-server.ts';
import { browserPath, launchBrowser, openPage } from './browser.ts';

// Every kind of gate on the page: the dialog shows the check with its figures before anybody asks, whoever asks all the
// same is refused with them, and once it is supplied the same click promotes. Approvals: `model-version.test.ts`.

const target = { kind: 'alias', name: 'champion' } as const;

describe.skipIf(browserPath() === undefined)('a gate on the page', () => {
  let browser: Browser;
  let server: RunningServer;
  let client: Client;
  let trainedAt: number;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ args: ['--log-level', 'warn'] }), launchBrowser()]);
    client = createClient(server.origin);
    await client.createRegisteredModel({ body: { name: 'first' } });
    await trainedVersion(client, 'first');
    trainedAt = Date.now();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test.each(GATE_KINDS.filter(({ name }) => name !== 'approval'))(
    '$name is shown with its figures, refuses, and lets pass what meets it',
    async (kind) => {
      const candidate = await guardedModel(client, { name: kind.name, kind, target });
      const { model, version } = candidate;
      const holder = async () => (await client.getRegisteredModel({ params: { model } })).model.aliases;
      if (kind.name === 'data-age') await sleep(Math.max(0, trainedAt + DATA_AGE_MS + 1 - Date.now()));
      const { page } = await openPage(browser, server.origin, { locale: 'en-US' });
      const dialog = page.getByRole('dialog');
      const choose = async (number: number) => {
        await page.goto(`${server.origin}/m/${model}/v/${number}`);
        await page.getByRole('button', { name: 'Promote…' }).click();
        await dialog.getByRole('radio', { name: /@champion/ }).check();
      };
      await choose(version);
      await dialog.getByText('The gate refuses it as it is.').waitFor();
      expect(await dialog.getByRole('region', { name: 'Gate' }).innerText()).toMatch(kind.says);
      await dialog.getByRole('button', { name: 'Promote', exact: true }).click();
      const refusal = dialog.getByRole('alert');
      await refusal.waitFor();
      expect(await refusal.innerText()).toMatch(kind.says);
      expect(await holder()).toEqual([{ alias: 'champion', version: 1 }]);

      const passing = await kind.supply(candidate);
      await choose(passing);
      await dialog.getByText('Everything holds: it moves at once.').waitFor();
      await dialog.getByRole('button', { name: 'Promote', exact: true }).click();
      await dialog.getByText(`${model} v${passing} has @champion now.`).waitFor();
      expect(await holder()).toEqual([{ alias: 'champion', version: passing }]);
      await page.context().close();
    },
  );
});
