import { createClient } from '#core/contract/client.ts';
import { sendWhileLoggedIn } from './log-in-again.ts';
import { WORKSPACE } from './workspace.ts';

/** The page's own server, asked of the page's workspace. */
export const server = createClient('', { workspace: WORKSPACE }, sendWhileLoggedIn);
