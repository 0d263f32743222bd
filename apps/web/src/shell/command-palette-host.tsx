import { lazy, Suspense, useEffect } from 'react';
import { closePalette, openPalette, usePaletteOpen } from './palette-state.ts';

const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));

/** Ctrl+K everywhere; the palette itself is loaded when it is first wanted. */
export function CommandPaletteHost() {
  const isOpen = usePaletteOpen();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (isOpen) closePalette();
      else openPalette();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen]);
  return isOpen ? (
    <Suspense>
      <CommandPalette />
    </Suspense>
  ) : null;
}
