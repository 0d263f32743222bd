import { readFileSync } from 'node:fs';

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Cairn's own version, from the one manifest. */
export const PRODUCT_VERSION: string = (manifest as { version: string }).version;
