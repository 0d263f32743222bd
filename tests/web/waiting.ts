import type { Page } from 'playwright-core';

/** Every mounted chart has its data, and nothing is being fetched any more. */
export async function chartsDrawn(page: Page, atLeast = 1): Promise<void> {
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll('[data-metric][data-last-x]').length >= count &&
      document.querySelector('[data-loading]') === null,
    atLeast,
  );
  // The worker paints after the data came; two frames later it is on screen.
  await page.waitForTimeout(300);
}

export async function lastX(page: Page, metric: string): Promise<number> {
  const text = await page.locator(`[data-metric="${metric}"]`).first().getAttribute('data-last-x');
  return Number(text);
}
