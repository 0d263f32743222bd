import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that speak Chromium's protocol, by the names that packages give them. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where installers put them that leave PATH alone. */
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined ? [] : [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')];
  }),
};

/** The path of an installed Chrome or Chromium, `$CHROME_PATH` first; undefined if there is none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const wished = env['CHROME_PATH'] === undefined ? [] : [env['CHROME_PATH']];
  return [...wished, ...onPath, ...(PLACES[process.platform] ?? [])].find((path) => existsSync(path));
}
