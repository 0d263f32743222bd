import { server } from '../api/server.ts';
import { messageOf } from './page-error.tsx';
import { showToast } from './toasts.tsx';

/** Ends the session and loads the page anew: nothing of it stays in this tab's memory. */
export async function logOut(): Promise<void> {
  try {
    await server.logOut({});
    location.assign('/login');
  } catch (error) {
    showToast(messageOf(error));
  }
}
