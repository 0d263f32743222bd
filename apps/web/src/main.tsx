import { setNonce } from 'get-nonce';
import { config } from 'zod/v4/core';
import { applyTheme, storedTheme } from './shell/theme.ts';
import './app.css';

// Before anything else is loaded: zod must not probe `eval`, which the page's policy refuses, and decides that when a
// schema is made; Radix adds <style> elements, which the policy lets through by the nonce of this response.
config({ jitless: true });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) setNonce(nonce);
applyTheme(storedTheme());

const { start } = await import('./start.tsx');
await start(document.getElementById('root') as HTMLElement);
