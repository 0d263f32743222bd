import { createClient } from '#core/contract/client.ts';

/** The page's own server. */
export const server = createClient('');
