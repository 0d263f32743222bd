import { lazy, Suspense, useEffect, useState } from 'react';
import { useHotkeys } from './hotkeys.ts';
import { closePalette, isPaletteOpen, openPalette, typeAhead, usePaletteOpen } from './palette-state.ts';

const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));
const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet }));

/** Ctrl+K and `?` everywhere; what they open is loaded when it is first wanted. */
export function CommandPaletteHost() {
  const isOpen = usePaletteOpen();
  const [hasSheet, setSheet] = useState(false);
  useHotkeys({ '?': () => setSheet(true) });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
      const isInside = document.activeElement?.matches('[role=dialog] input') === true;
      if (isPaletteOpen() && !hasModifier && event.key.length === 1 && !isInside) {
        typeAhead(event.key);
        event.preventDefault();
      }
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (isPaletteOpen()) closePalette();
      else openPalette();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Suspense>
      {isOpen && <CommandPalette />}
      {hasSheet && <KeySheet onClose={() => setSheet(false)} />}
    </Suspense>
  );
}
