import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pythonFor, runPython } from '#tests/python.ts';
import { startServer, type RunningServer } from '#tests/running-server.ts';
import { browserPath, launchBrowser, openPage } from './browser.ts';

const hasShell = spawnSync('sh', ['-c', 'command -v curl && command -v openssl']).status === 0;

describe.skipIf(browserPath() === undefined)('the empty page', () => {
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.stop());

  const openEmpty = async () => {
    const opened = await openPage(browser, server.origin);
    await opened.page.goto(server.origin);
    await opened.page.getByRole('heading', { name: 'Log a first run' }).waitFor();
    const lines = async (title: string): Promise<string> =>
      (await opened.page.getByRole('region', { name: title }).textContent()) ?? '';
    return { ...opened, lines };
  };

  test.skipIf(!hasShell)('its curl lines log a run, which takes the place of the lines', async () => {
    const { page, lines, misdeeds } = await openEmpty();
    const ran = spawnSync('sh', ['-ec', (await lines('HTTP')).replaceAll('curl', 'curl -fsS')], {
      encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    await page.getByRole('heading', { name: 'Recent runs' }).waitFor();
    expect(misdeeds).toEqual({ console: [], foreignRequests: [] });
    await page.context().close();
  });

  test.skipIf(pythonFor('mlflow3') === undefined)(
    'its MLflow lines log a run over the real client, live',
    async () => {
      const { page, lines } = await openEmpty();
      const [, script = ''] = (await lines('MLflow')).split('# first.py');
      const folder = mkdtempSync(join(tmpdir(), 'cairn-first-'));
      const path = join(folder, 'first.py');
      writeFileSync(path, script);
      const ran = await runPython('mlflow3', path, { MLFLOW_TRACKING_URI: server.origin });
      rmSync(folder, { recursive: true });
      expect(ran).toMatchObject({ code: 0 });
      const row = page.locator('[data-run]').first();
      await row.waitFor();
      await row.click();
      await page.getByText('val/acc').first().waitFor();
      expect(await page.locator('dl').first().textContent()).toContain('99');
      await page.context().close();
    },
  );
});
