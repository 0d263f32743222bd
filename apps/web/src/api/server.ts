import { createClient } from '#core/contract/client.ts';
import { sendWhileLoggedIn } from './log-in-again.ts';

/** The page's own server. */
export const server = createClient('', {}, sendWhileLoggedIn);
