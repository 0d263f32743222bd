import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findBrowser } from '#tools/find-browser.ts';

/** What a page did that it must not do. */
export interface Misdeeds {
  readonly console: string[];
  readonly foreignRequests: string[];
}

export interface OpenPage {
  readonly page: Page;
  readonly misdeeds: Misdeeds;
}

/** Undefined where no browser is installed; `npm test` says so in one line, and fails in CI. */
export function browserPath(): string | undefined {
  const path = process.env['CAIRN_TEST_CHROMIUM'] ?? findBrowser();
  const isThere = path !== undefined && existsSync(path);
  if (!isThere && process.env['CI'] === 'true') throw new Error('No Chromium: npm test says why.');
  return isThere ? path : undefined;
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === undefined) throw new Error('No Chromium here; skip this test instead.');
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
}

export const DESK = { width: 1680, height: 1050 };
export const PHONE = { width: 390, height: 844 };

/** A page in a context of its own, which writes down every error and every request to another origin. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: DESK,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const page = await context.newPage();
  const misdeeds: Misdeeds = { console: [], foreignRequests: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) misdeeds.console.push(message.text());
  });
  page.on('pageerror', (error) => misdeeds.console.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.host === new URL(origin).host || ['data:', 'blob:'].includes(url.protocol);
    if (!isOwn) misdeeds.foreignRequests.push(request.url());
  });
  return { page, misdeeds };
}
