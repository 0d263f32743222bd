import { setNonce } from 'get-nonce';
import { applyTheme, storedTheme } from './shell/theme.ts';
import { start } from './start.tsx';
import './app.css';

// Radix adds <style> elements; the page's policy lets them through by the nonce of this response.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) setNonce(nonce);
applyTheme(storedTheme());
await start(document.getElementById('root') as HTMLElement);
