import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLive } from './api/live.ts';
import { loadLanguage, preferredLanguage } from './text/translate.ts';
import { App } from './app.tsx';

export async function start(root: HTMLElement): Promise<void> {
  await loadLanguage(preferredLanguage());
  startLive();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
